// SPDX-License-Identifier: MIT
#include "core/project/left_to_do.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace core {
namespace {

class TodoList {
 public:
  TodoList(const FoundProject& project, const BuildGuess& guess, const InitResult& done)
      : project_(project),
        guess_(guess),
        done_(done),
        folder_(project.workflow_folder),
        python_(project.has_application && project.python ? &*project.python : nullptr) {}

  std::vector<std::string> run() {
    action_address();
    add("Make sure that one of your runners has the label ubuntu-latest, or change runs-on.");
    existing_workflows();
    if (has_several_packages(project_)) packages_below();
    if (done_.kind == ProjectKind::plain) plain();
    if (done_.kind == ProjectKind::library && python_ != nullptr) library();
    if (has_image(done_.kind)) image();
    if (has_packages(done_.kind)) packages();
    notes();
    tag();
    return std::move(list_);
  }

 private:
  void add(std::string item) { list_.push_back(std::move(item)); }

  void action_address() {
    if (done_.action.owner.empty()) {
      add(fmt::format("In {}/*.yml, replace OWNER with the owner of gitea-release on your server.",
                      folder_));
      return;
    }
    if (done_.action.is_guess) {
      add(
          fmt::format("The workflows use {}. If gitea-release has another owner on that server, "
                      "change `uses:` in {}/*.yml.",
                      done_.action.uses(), folder_));
    }
    if (done_.action.server.empty()) {
      add(
          fmt::format("`uses: {}@v1` is looked up on your server only if its app.ini has "
                      "DEFAULT_ACTIONS_URL = self. Otherwise write the full address of the "
                      "repository.",
                      done_.action.uses()));
    }
  }

  void existing_workflows() {
    if (project_.has_workflows && folder_ != ".gitea/workflows") {
      add(
          fmt::format("The new workflow is in {}, where your other workflows are: the server "
                      "ignores that folder if you create .gitea/workflows{}.",
                      folder_, folder_.starts_with(".forgejo") ? " only" : ""));
    }
    if (!done_.kept_release_workflow.empty()) {
      add(
          fmt::format("{} is your own and was not changed. Add a step with `uses: {}@v1` to it, or "
                      "run init with --force to replace the file.",
                      done_.kept_release_workflow, done_.action.uses()));
    }
    for (const ReleaseWorkflow& workflow : project_.replaced) {
      if (workflow.path == done_.kept_release_workflow) continue;
      add(
          fmt::format("{0} creates a release, too (line {1}). {2}/release.yml replaces it: delete "
                      "{0}, or the jobs in it that create the release.",
                      workflow.path, workflow.line, folder_));
    }
  }

  void packages_below() {
    const std::string& one = project_.packages.front();
    const std::string name = one.substr(one.rfind('/') + 1);
    add(
        fmt::format("This repository has several packages ({0}), and {1}/release.yml builds one: "
                    "{2}. To release a package by tags of its own, such as {3}/v1.0.0, copy the "
                    "file to {1}/release-{3}.yml and change these lines in the copy:\n"
                    "tags: ['{3}/v*']\n"
                    "working-directory: {4}   # of each `run:`\n"
                    "working_directory: {4}   # in each `with:`",
                    one_line(join(project_.packages, ", ")), folder_,
                    project_.language == Language::unknown ? "check which" : "that of the root",
                    one_line(name), one_line(one)));
  }

  void plain() {
    if (guess_.is_known) {
      add(fmt::format("Check the build in {}/release.yml ({}) and its files ({}).", folder_,
                      join(guess_.commands, "; "), guess_.files));
    } else {
      add(
          fmt::format("In {}/release.yml, replace `{}` with the commands that build your files, "
                      "and `{}` with a pattern for them.",
                      folder_, join(guess_.commands, "; "), guess_.files));
    }
    if (!guess_.needs.empty()) {
      add(
          fmt::format("Make sure that the image of your runner has {}, or add a step that installs "
                      "it.",
                      guess_.needs));
    }
  }

  void library() {
    add(fmt::format(
        "To publish to your server's Python registry, too, add the secret DEPLOY_TOKEN: a "
        "token with the scope write:package. For a line with `pip install` in the notes, "
        "add to .gitea/release.yml:\ndownloads:\n  pip: {}",
        project_.name.empty() ? "NAME" : one_line(project_.name)));
    const PythonVersion& version = python_->version;
    if (version.is_tag || !version.place.empty()) return;
    add(
        fmt::format("No version was found, so the built package would not have that of the tag. "
                    "Either add a version to {}, in [project], and remove \"version\" from "
                    "`dynamic`:\n[project]\nversion = \"0.1.0\"\n"
                    "or name the place in {}/release.yml, in the step gitea-release/version:\n"
                    "with:\n  stamp: path/to/file => ^regular expression with one (group)$",
                    "pyproject.toml", folder_));
  }

  void image() {
    add("Add the secret DEPLOY_TOKEN: a token with the scope write:package. Without it, images are "
        "built but not pushed.");
    add("If a container manager deploys the image, add its webhook as the secret "
        "DOCKER_REDEPLOY_WEBHOOK_URL.");
    if (!project_.has_application) return;
    if (!project_.has_dockerfile) {
      add("Write a Dockerfile: docker.yml builds it with the build argument APP_VERSION.");
    } else if (!project_.takes_version) {
      add("If the image should know its version, add this line to your Dockerfile; docker.yml "
          "passes the version of the tag:\nARG APP_VERSION");
    }
  }

  void packages() {
    if (python_ == nullptr) {
      add("Write your names to packaging/app.env, and to pyproject.toml where they are the same.");
      add("Check packaging/python.env: the Python that is shipped, and its SHA-256.");
      add("If the application should update itself, follow \"Let it update itself\" in README.md.");
      return;
    }
    project_table();
    main_module();
    if (!python_->has_lock) {
      add("Create uv.lock, which the build installs the dependencies from, and commit it: uv lock");
    }
    if (!python_->has_python_version) {
      add("Create .python-version with the minor version of the Python in packaging/python.env:\n" +
          done_.shipped_python);
    }
    add("Write the title and the publisher to packaging/app.env.");
    add("Check packaging/python.env: the Python that is shipped, and its SHA-256.");
    add("Let the application end when the launcher asks for it: by SIGTERM, and on Windows by the "
        "end of its standard input. See docs/updates.md of gitea-release.");
  }

  /// uv reads names, versions and dependencies from [project] only.
  void project_table() {
    const std::string version = project_.version.empty() ? "0.1.0" : project_.version;
    if (!python_->has_project_table) {
      add(fmt::format(
          "packaging/ builds with uv, which needs a table [project]. Add it to "
          "pyproject.toml, with your dependencies:\n"
          "[project]\nname = \"{}\"\nversion = \"{}\"\n"
          "requires-python = \">={}\"\ndependencies = []",
          project_.name.empty() ? "NAME" : project_.name, version, done_.shipped_python));
    } else if (!python_->has_static_version) {
      add(
          fmt::format("packaging/ writes the version of the tag to [project] in pyproject.toml. "
                      "Remove \"version\" from `dynamic` there, and add:\nversion = \"{}\"",
                      version));
    }
  }

  void main_module() {
    if (python_->has_main) return;
    if (python_->package.empty()) {
      add("Write the name of your package to packaging/app.env (PACKAGE): it is started as "
          "`python -m PACKAGE`.");
      return;
    }
    if (python_->folder.empty()) return;  // a single module can be started as it is
    const auto colon = python_->script.find(':');
    const bool is_known = colon != std::string::npos;
    add(
        fmt::format("Create {}/__main__.py, since packaging/ starts the application as `python -m "
                    "{}`:\nfrom {} import {}\n\nif __name__ == \"__main__\":\n    {}()",
                    python_->folder, python_->package,
                    is_known ? python_->script.substr(0, colon) : python_->package,
                    is_known ? python_->script.substr(colon + 1) : "main",
                    is_known ? python_->script.substr(colon + 1) : "main"));
  }

  void notes() {
    if (!project_.has_application && done_.kind != ProjectKind::plain) {
      add("Write RELEASE_NOTES.md.");
    } else if (project_.changelog.empty()) {
      add("Write RELEASE_NOTES.md: it becomes the notes of the release.");
    } else {
      add(
          fmt::format("To use {0} for the notes of a release, add this line to the last `with:` in "
                      "{1}/release.yml:\nchangelog_path: {0}",
                      project_.changelog, folder_));
    }
  }

  void tag() {
    const std::string next = next_tag(project_);
    std::string above;
    if (!project_.version.empty())
      above = " above the present version, " + one_line(project_.version);
    if (!project_.highest_tag.empty()) {
      above += fmt::format("{} the highest tag, {}", above.empty() ? " above" : ", and",
                           one_line(project_.highest_tag));
    }
    add(fmt::format("Commit, and push a tag{0}: git tag {1} && git push origin {1}", above, next));
    if (!project_.highest_tag.empty() && !project_.highest_tag.starts_with('v')) {
      add(
          fmt::format("Your tags have no v ({}): write v before the version from now on, or change "
                      "`tags:` in {}/*.yml.",
                      one_line(project_.highest_tag), folder_));
    }
  }

  const FoundProject& project_;
  const BuildGuess& guess_;
  const InitResult& done_;
  const std::string& folder_;
  const PythonProject* python_;  ///< of an application that is not the template; or nullptr
  std::vector<std::string> list_;
};

}  // namespace

std::vector<std::string> left_to_do(const FoundProject& project, const BuildGuess& guess,
                                    const InitResult& done) {
  return TodoList(project, guess, done).run();
}

}  // namespace core
