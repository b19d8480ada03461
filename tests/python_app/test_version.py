# SPDX-License-Identifier: MIT
"""packaging/version.sh: which version a build has."""

from project import Project, environment


def version_of(project: Project, *arguments: str, **variables: str) -> str:
    ended = project.packaging("version.sh", *arguments, env=environment(**variables))
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def test_the_version_is_printed_in_the_form_of_the_tag_and_in_the_form_of_python(
    project: Project,
) -> None:
    for argument, tag, version in (
        ("v1.2.0", "v1.2.0", "1.2.0"),
        ("1.2.0", "v1.2.0", "1.2.0"),
        ("v0.3.0-alpha.1", "v0.3.0-alpha.1", "0.3.0a1"),
        ("v2.0.0-rc.10", "v2.0.0-rc.10", "2.0.0rc10"),
        ("app/v1.0.0", "v1.0.0", "1.0.0"),
    ):
        assert version_of(project, argument) == f"TAG={tag}\nVERSION={version}\n"


def test_an_argument_takes_precedence_over_the_commits_tag_and_that_over_the_runs_tag(
    project: Project,
) -> None:
    ref = "refs/tags/v1.0.9"
    assert version_of(project, GITHUB_REF=ref) == "TAG=v1.0.9\nVERSION=1.0.9\n"
    project.git("tag", "v1.1.0")
    assert version_of(project, GITHUB_REF=ref) == "TAG=v1.1.0\nVERSION=1.1.0\n"
    assert version_of(project, "v1.2.0", GITHUB_REF=ref) == "TAG=v1.2.0\nVERSION=1.2.0\n"


# In a run on a branch, GITHUB_REF_NAME is the branch, for example "master".
def test_a_run_on_a_branch_has_the_version_from_pyproject_and_not_the_branchs_name(
    project: Project,
) -> None:
    version = version_of(
        project, GITHUB_REF="refs/heads/master", GITHUB_REF_NAME="master", GITEA_REF_NAME="master"
    )
    assert version == "TAG=v0.1.0.dev0\nVERSION=0.1.0.dev0\n"


# A grep for the first line that begins with version would find another table's.
def test_the_version_in_another_table_of_pyproject_is_never_used(project: Project) -> None:
    project.append("pyproject.toml", '\n[tool.demo]\nversion = "7.7.7"\n')
    assert version_of(project) == "TAG=v0.1.0.dev0\nVERSION=0.1.0.dev0\n"

    project.replace("pyproject.toml", 'version = "0.1.0.dev0"', 'dynamic = ["version"]')
    ended = project.packaging("version.sh")
    assert ended.returncode != 0, ended.stdout
    assert "7.7.7" not in ended.stdout


def test_an_invalid_version_is_rejected_with_a_valid_example(project: Project) -> None:
    for wrong in ("latest", "v", "nightly", "1.2.0 && true", "v1.2.0-"):
        ended = project.packaging("version.sh", wrong)
        assert ended.returncode == 1, f"{wrong}: {ended.stdout}"
        assert "tags look like v1.2.0 or v1.2.0-rc.1" in ended.stdout
    ended = project.packaging("version.sh", "v1.2.0-nightly.3")
    assert ended.returncode == 1
    assert "Python has no form of '1.2.0-nightly.3'" in ended.stdout
