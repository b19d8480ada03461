// SPDX-License-Identifier: MIT
/**
 * <update-center base="/system/update">: shows updates of an application that runs under the launcher, and lets an
 * administrator install them. One module without dependencies; docs/update-center.md is its reference.
 *
 * From top to bottom: states, texts, style, building of DOM, texts from values, the connection, the views, the element.
 */

/**
 * What each state of UpdateService shows.
 *   badge    look of the pill: plain, update (pulses unless the update was hidden), error
 *   banner   the buttons of the banner in this state, or null if it shows none
 *   tone     icon and colour of the settings panel: good, news, busy, quiet, bad
 *   panel    the buttons of the settings panel
 *   announce whether the panel's headline is announced to screen readers (the banner announces the others)
 *   overlay  whether the page is covered until the application is back
 * A button is there only if ALLOWED admits it.
 */
export const STATES = {
  disabled: { badge: "plain", banner: null, tone: "quiet", panel: [] },
  idle: { badge: "plain", banner: null, tone: "good", panel: ["check"], announce: true },
  checking: { badge: "plain", banner: null, tone: "busy", panel: [], announce: true },
  update_available: {
    badge: "update",
    banner: ["notes", "page", "later", "skip", "download"],
    tone: "news",
    panel: ["apply", "download", "page", "check"],
  },
  downloading: { badge: "update", banner: ["notes"], tone: "busy", panel: [] },
  ready: { badge: "update", banner: ["notes", "later", "skip", "apply"], tone: "news", panel: ["apply", "check"] },
  applying: { badge: "update", banner: null, tone: "busy", panel: [], overlay: true },
  restarting: { badge: "update", banner: null, tone: "busy", panel: [], overlay: true },
  error: {
    badge: "error",
    banner: ["notes", "later", "skip", "download"],
    tone: "bad",
    panel: ["download", "check"],
    announce: true,
  },
};

/** Whether a button may be there, for a status. What this caller may not do is not in the page at all. */
const ALLOWED = {
  check: (s) => s.is_admin && s.can_check,
  download: (s) => s.is_admin && s.can_auto_update && s.update,
  apply: (s) => s.is_admin && s.can_auto_update && s.update,
  rollback: (s) => s.is_admin && s.can_auto_update && s.previous && !STATES[s.state].overlay,
  retry: (s) => s.is_admin && s.can_auto_update && failed_version(s) && s.state !== "downloading",
  settings: (s) => s.is_admin && s.state !== "disabled",
  notes: (s) => s.update && (s.update.notes.length > 0 || s.update.summary),
  page: (s) => s.update && !(s.is_admin && s.can_auto_update) && web_address(s.update.page),
  later: (s) => s.update,
  skip: (s) => s.update && !s.update.critical,
};

/** The look of buttons: an icon of ICONS, and whether it is the one that is meant to be pressed. */
const BUTTONS = {
  check: { icon: "again" },
  download: { icon: "down", main: true },
  apply: { icon: "restart", main: true },
  rollback: { icon: "back" },
  retry: { icon: "again" },
  notes: {},
  page: { icon: "out" },
  later: { quiet: true },
  skip: { quiet: true },
};

const HOUR = 3600e3;
/** How long "Later" hides the banner: an ordinary update, a critical one. */
const LATER = { normal: 24 * HOUR, critical: HOUR };
const INTERVALS = [1, 6, 12, 24, 168];
/** Milliseconds: pauses between polls; how long a connection counts as just lost; when a restart is called slow. */
const PACE = { restart: 1000, lost: 1000, busy: 2000, idle: 15000, just_lost: 60000, slow: 90000 };

// ---------------------------------------------------------------------------------------------------------- texts

const ENGLISH = {
  title: "Updates",
  badge_open: "open update settings",
  close: "Close",
  cancel: "Cancel",

  disabled: "Updates are turned off",
  idle: "This is the newest version",
  idle_never: "Not checked yet",
  idle_returned: "Version {version} is in use",
  checking: "Looking for updates…",
  update_available: "Version {new} is available",
  critical: "Critical update: version {new} is available",
  downloading: "Downloading version {new}",
  ready: "Version {new} is ready to install",
  applying: "Installing version {new}",
  restarting: "Restarting",
  error: "The last check for updates failed",
  error_update: "Version {new} could not be installed",
  outdated: "{version} is running now. This page still shows {old}.",
  last_check: "Checked {ago}",
  never_checked: "Not checked yet",
  skipped: "You skipped this version.",
  not_admin: "An administrator can install it.",
  connecting: "Connection lost. Trying again…",

  check: "Check now",
  download: "Download",
  download_size: "Download ({size})",
  download_again: "Try again",
  apply: "Update now",
  apply_ready: "Restart and update",
  notes: "What’s new",
  page: "Release page",
  later: "Later",
  skip: "Skip",
  skip_long: "Skip version {new}",
  reload: "Reload page",
  rollback: "Return to {version}",
  rollback_head: "Previous version",
  rollback_lead: "Version {version} is still here. You can return to it.",

  current: "Installed version",
  install_type: "Installation",
  type_portable: "Portable folder",
  type_installer: "Installer",
  type_service: "System service",
  type_docker: "Container",
  type_development: "Development",
  channel: "Channel",
  channel_stable: "Stable",
  reason_development: "This is a development copy. It is not updated from here.",
  reason_container: "This application runs in a container. It is updated with its image.",
  reason_no_key: "No key is trusted here, so that no release can be verified.",
  reason_read_only: "The folder of the application cannot be written.",
  reason_old_launcher: "The launcher of this installation is too old.",
  reason_misconfigured: "The updates of this installation are not configured correctly.",

  progress: "Progress of the download",
  progress_of: "{done} of {total}",
  progress_unknown: "{done}",

  notes_title: "What’s new",
  unsigned: "not signed",
  unsigned_why: "Release notes come from the server. Unlike the update itself they are not signed.",
  no_notes: "This release has no notes.",

  settings: "Settings",
  auto_check: "Check for updates automatically",
  auto_check_hint: "You decide when an update is installed.",
  interval: "How often",
  hours: "Every {n} hours",
  hour: "Every hour",
  day: "Every day",
  week: "Every week",
  auto: "When there is an update",
  auto_notify: "Tell me",
  auto_download: "Download it and tell me",
  releases: "Releases",
  releases_stable: "Stable",
  releases_pre: "Stable and pre-releases",
  saved: "Saved",

  apply_title: "Update to {new}?",
  apply_text:
    "The application restarts and cannot be used for a moment. If {new} does not work, {version} comes back by itself.",
  rollback_title: "Return to {version}?",
  rollback_text: "The application restarts with version {version}. Version {old} is not offered again.",
  rollback_keep: "Keep the data as it is now",
  rollback_with: "Also restore the data from before the update",
  rollback_with_hint: "What was entered since then is lost.",

  overlay_title: "Updating to {new}",
  overlay_title_back: "Returning to {version}",
  overlay_title_restart: "The application restarts",
  overlay_text: "This page continues by itself.",
  overlay_slow: "This takes longer than usual. You can keep waiting, or reload the page.",
  step_install: "Install",
  step_start: "Start",
  step_verify: "Make sure that it works",
  step_done: "done",
  updated: "Updated to {version}",
  updated_from: "Before, it was {old}.",
  returned: "{new} did not start; {version} is back",
  returned_text: "{new} is not offered again.",
  retry: "Try {new} again",
  retry_title: "Try {new} again?",
  rolled_back: "Returned to {version}",
  restarted: "The application is back",

  failed: "That did not work: {detail}",
  unreachable: "The application does not answer.",
  forbidden: "You are not allowed to do that.",
};

const GERMAN = {
  title: "Updates",
  badge_open: "Update-Einstellungen öffnen",
  close: "Schließen",
  cancel: "Abbrechen",

  disabled: "Updates sind ausgeschaltet",
  idle: "Die neueste Version ist installiert",
  idle_never: "Noch nicht nach Updates gesucht",
  idle_returned: "Version {version} wird verwendet",
  checking: "Suche nach Updates …",
  update_available: "Version {new} ist verfügbar",
  critical: "Kritisches Update: Version {new} ist verfügbar",
  downloading: "Version {new} wird heruntergeladen",
  ready: "Version {new} ist bereit zur Installation",
  applying: "Version {new} wird installiert",
  restarting: "Wird neu gestartet",
  error: "Die letzte Suche nach Updates ist fehlgeschlagen",
  error_update: "Version {new} konnte nicht installiert werden",
  outdated: "Inzwischen läuft {version}. Diese Seite zeigt noch {old}.",
  last_check: "Zuletzt gesucht: {ago}",
  never_checked: "Noch nicht nach Updates gesucht",
  skipped: "Diese Version wurde übersprungen.",
  not_admin: "Ein Administrator kann sie installieren.",
  connecting: "Verbindung unterbrochen. Es wird weiter versucht …",

  check: "Jetzt suchen",
  download: "Herunterladen",
  download_size: "Herunterladen ({size})",
  download_again: "Erneut versuchen",
  apply: "Jetzt aktualisieren",
  apply_ready: "Neu starten und aktualisieren",
  notes: "Neuerungen",
  page: "Release-Seite",
  later: "Später",
  skip: "Überspringen",
  skip_long: "Version {new} überspringen",
  reload: "Seite neu laden",
  rollback: "Zurück zu {version}",
  rollback_head: "Vorherige Version",
  rollback_lead: "Version {version} ist noch vorhanden. Sie können zu ihr zurückkehren.",

  current: "Installierte Version",
  install_type: "Installationsart",
  type_portable: "Portabel",
  type_installer: "Installationsprogramm",
  type_service: "Systemdienst",
  type_docker: "Container",
  type_development: "Entwicklungsversion",
  channel: "Update-Kanal",
  channel_stable: "Stabil",
  reason_development: "Dies ist eine Entwicklungsversion. Sie lässt sich hier nicht aktualisieren.",
  reason_container: "Die Anwendung läuft in einem Container und wird über ihr Image aktualisiert.",
  reason_no_key: "Es ist kein vertrauenswürdiger Schlüssel hinterlegt. Updates lassen sich daher nicht prüfen.",
  reason_read_only: "Der Ordner der Anwendung ist schreibgeschützt.",
  reason_old_launcher: "Der Launcher dieser Installation ist zu alt.",
  reason_misconfigured: "Updates sind in dieser Installation nicht richtig eingerichtet.",

  progress: "Fortschritt des Downloads",
  progress_of: "{done} von {total}",
  progress_unknown: "{done}",

  notes_title: "Neuerungen",
  unsigned: "nicht signiert",
  unsigned_why: "Die Versionshinweise kommen vom Server und sind, anders als das Update selbst, nicht signiert.",
  no_notes: "Zu dieser Version gibt es keine Hinweise.",

  settings: "Einstellungen",
  auto_check: "Automatisch nach Updates suchen",
  auto_check_hint: "Wann ein Update installiert wird, entscheiden Sie.",
  interval: "Häufigkeit",
  hours: "Alle {n} Stunden",
  hour: "Stündlich",
  day: "Täglich",
  week: "Wöchentlich",
  auto: "Wenn es ein Update gibt",
  auto_notify: "Benachrichtigen",
  auto_download: "Herunterladen und benachrichtigen",
  releases: "Versionen",
  releases_stable: "Nur stabile",
  releases_pre: "Auch Vorabversionen",
  saved: "Gespeichert",

  apply_title: "Auf {new} aktualisieren?",
  apply_text:
    "Die Anwendung startet neu und ist einen Moment lang nicht erreichbar. Falls {new} nicht funktioniert, wird {version} automatisch wiederhergestellt.",
  rollback_title: "Zurück zu {version}?",
  rollback_text: "Die Anwendung startet mit Version {version} neu. Version {old} wird nicht mehr angeboten.",
  rollback_keep: "Die aktuellen Daten behalten",
  rollback_with: "Auch die Daten auf den Stand vor dem Update zurücksetzen",
  rollback_with_hint: "Was seitdem eingegeben wurde, geht verloren.",

  overlay_title: "Aktualisierung auf {new}",
  overlay_title_back: "Rückkehr zu {version}",
  overlay_title_restart: "Die Anwendung startet neu",
  overlay_text: "Danach geht es hier automatisch weiter.",
  overlay_slow: "Das dauert länger als üblich. Sie können weiter warten oder die Seite neu laden.",
  step_install: "Installieren",
  step_start: "Starten",
  step_verify: "Funktion prüfen",
  step_done: "erledigt",
  updated: "Auf {version} aktualisiert",
  updated_from: "Vorher war {old} installiert.",
  returned: "{new} ist nicht gestartet; {version} läuft wieder",
  returned_text: "{new} wird nicht mehr angeboten.",
  retry: "{new} erneut versuchen",
  retry_title: "{new} erneut versuchen?",
  rolled_back: "Version {version} ist wiederhergestellt",
  restarted: "Die Anwendung ist wieder erreichbar",

  failed: "Das hat nicht funktioniert: {detail}",
  unreachable: "Die Anwendung antwortet nicht.",
  forbidden: "Dazu fehlt Ihnen die Berechtigung.",
};

/** The texts that come with the element, by language. */
export const LANGUAGES = { en: ENGLISH, de: GERMAN };

// ---------------------------------------------------------------------------------------------------------- style

const LIGHT = `
  color-scheme: light;
  --accent: var(--update-accent, #3653c9); --on-accent: var(--update-on-accent, #ffffff);
  --accent-soft: var(--update-accent-soft, #eef1fd); --surface: var(--update-surface, #ffffff);
  --sunken: var(--update-sunken, #f6f7f9); --text: var(--update-text, #1c2230);
  --muted: var(--update-muted, #576072); --line: var(--update-line, #e2e5eb); --control: var(--update-control, #868e9d);
  --good: var(--update-good, #1b7246); --good-soft: var(--update-good-soft, #e9f5ee);
  --bad: var(--update-bad, #b0302a); --bad-soft: var(--update-bad-soft, #fcefee);
  --warn: var(--update-warn, #855300); --warn-soft: var(--update-warn-soft, #fdf4e3);
  --shadow: var(--update-shadow, 0 1px 2px rgb(20 28 48 / 6%), 0 12px 40px rgb(20 28 48 / 16%));`;

const DARK = `
  color-scheme: dark;
  --accent: var(--update-accent, #a3b5ff); --on-accent: var(--update-on-accent, #131a33);
  --accent-soft: var(--update-accent-soft, #262e4b); --surface: var(--update-surface, #1b1f28);
  --sunken: var(--update-sunken, #232832); --text: var(--update-text, #e8ebf1);
  --muted: var(--update-muted, #a5aebd); --line: var(--update-line, #333a47); --control: var(--update-control, #798394);
  --good: var(--update-good, #7fd0a3); --good-soft: var(--update-good-soft, #1d3329);
  --bad: var(--update-bad, #ff9f97); --bad-soft: var(--update-bad-soft, #3b2325);
  --warn: var(--update-warn, #ecc072); --warn-soft: var(--update-warn-soft, #362c1a);
  --shadow: var(--update-shadow, 0 1px 2px rgb(0 0 0 / 40%), 0 16px 48px rgb(0 0 0 / 55%));`;

const CSS = `
:host { ${LIGHT}
  --radius: var(--update-radius, 12px); --small-radius: calc(var(--radius) * 0.667);
  display: block; color: var(--text); line-height: 1.5; font-family: var(--update-font, inherit);
  font-size: var(--update-font-size, 0.9375rem); text-align: start; }
@media (prefers-color-scheme: dark) { :host { ${DARK} } }
:host([theme="light"]) { ${LIGHT} }
:host([theme="dark"]) { ${DARK} }
:host([hidden]) { display: none; }
:host([view="badge"]) { display: inline-block; }
:host(:not([view])) { display: inline-block; }
*, *::before, *::after { box-sizing: border-box; }
h2, h3, h4, p, ul, ol, dl, dd { margin: 0; padding: 0; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[tabindex="-1"]:focus-visible { outline: none; }
svg { inline-size: 1.125em; block-size: 1.125em; flex: none; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; }

/* Buttons */
button, .button { display: inline-flex; align-items: center; justify-content: center; gap: 0.5em; min-block-size: 2.25rem;
  padding: 0.3125rem 0.875rem; border: 1px solid var(--line); border-radius: var(--small-radius);
  background: var(--surface); color: var(--text); font: inherit; font-weight: 550; line-height: 1.3;
  text-decoration: none; text-align: center; cursor: pointer; transition: background 0.12s, border-color 0.12s; }
button:hover, .button:hover { background: var(--sunken); border-color: var(--control); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.main:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)); }
button.quiet { background: none; border-color: transparent; color: var(--muted); padding-inline: 0.625rem; }
button.quiet:hover { background: color-mix(in srgb, var(--text) 7%, transparent); color: var(--text); }
button[aria-disabled="true"] { cursor: progress; opacity: 0.65; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }

/* Badge */
.badge { gap: 0.4375rem; min-block-size: 1.75rem; padding: 0.125rem 0.6875rem; border-radius: 999px; font-weight: 500;
  font-size: 0.8125rem; color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap; }
.badge.has-update { background: var(--accent-soft); border-color: transparent; color: var(--accent); font-weight: 600; }
.badge.has-update:hover { border-color: var(--accent); }
.badge.has-error { color: var(--bad); background: var(--bad-soft); border-color: transparent; }
.dot { position: relative; inline-size: 0.5rem; block-size: 0.5rem; border-radius: 50%; background: currentColor; }
.badge.pulse .dot::after { content: ""; position: absolute; inset: 0; border-radius: 50%; background: currentColor;
  animation: pulse 2.4s cubic-bezier(0.2, 0.6, 0.4, 1) infinite; }
@keyframes pulse { 0% { transform: scale(1); opacity: 0.55; } 70%, 100% { transform: scale(2.9); opacity: 0; } }

/* Banner */
.banner { container-type: inline-size; border-radius: var(--radius); background: var(--accent-soft); color: var(--text); }
.banner .inside { display: flex; gap: 0.875rem; padding: 0.875rem 0.875rem 0.875rem 1.125rem; }
.banner .body { flex: 1; min-inline-size: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 0.625rem 1rem; }
.banner [part="banner-text"] { flex: 1 1 22rem; min-inline-size: 0; }
.banner .sign { color: var(--accent); display: flex; padding-block-start: 0.0625rem; }
.banner .sign svg { inline-size: 1.375rem; block-size: 1.375rem; }
.banner.critical, .banner.bad { background: var(--bad-soft); }
.banner.critical .sign, .banner.bad .sign { color: var(--bad); }
.banner strong { font-weight: 600; display: block; overflow-wrap: anywhere; }
.banner p { color: var(--muted); font-size: 0.875rem; overflow-wrap: anywhere; }
.banner .progress { flex: 1 1 100%; padding-inline-end: 0.25rem; }
.banner .buttons { gap: 0.375rem; justify-content: flex-end; }
.banner button:not(.main), .banner .button { background: none; border-color: transparent; }
.banner button:not(.main):hover, .banner .button:hover { background: color-mix(in srgb, var(--text) 8%, transparent); }
@container (max-width: 47rem) {
  .banner .buttons { justify-content: flex-start; }
  .banner .buttons .main { order: -1; }
  .banner .buttons:not(:has(.main)) > :first-child { margin-inline-start: -0.875rem; }
}
@container (max-width: 28rem) {
  .banner .inside { padding: 0.875rem; gap: 0.75rem; }
  .banner .buttons { flex: 1 1 100%; margin-inline-start: -2.125rem; gap: 0.25rem; }
  .banner .buttons > * { min-block-size: 2.5rem; flex: 1 1 auto; padding-inline: 0.5rem; }
  .banner .buttons > .main { flex-basis: 100%; margin-block-end: 0.125rem; }
  .banner .buttons:not(:has(.main)) > :first-child { margin-inline-start: 0; }
  .banner .progress { margin-inline-start: -2.125rem; }
}
.floating { position: fixed; inset: auto 1rem 1rem auto; margin: 0; padding: 0; border: 1px solid var(--line);
  inline-size: min(27rem, calc(100vw - 2rem)); background: var(--surface); box-shadow: var(--shadow);
  border-radius: var(--radius); overflow: hidden; color: var(--text); }
.floating .banner { background: none; }

/* Settings */
.panel { container-type: inline-size; border: 1px solid var(--line); border-radius: var(--radius);
  background: var(--surface); }
.panel > section, .panel > form, .panel > dl { padding: 1.25rem 1.5rem; border-block-start: 1px solid var(--line); }
.panel > :first-child { border-block-start: 0; }
.hero { display: grid; grid-template-columns: auto 1fr auto; gap: 0.25rem 1rem; align-items: center; }
.sign.round { display: grid; place-items: center; inline-size: 2.75rem; block-size: 2.75rem; border-radius: 50%;
  background: var(--accent-soft); color: var(--accent); font-size: 1.125rem; }
.sign.good { background: var(--good-soft); color: var(--good); }
.sign.bad { background: var(--bad-soft); color: var(--bad); }
.sign.warn { background: var(--warn-soft); color: var(--warn); }
.sign.quiet { background: var(--sunken); color: var(--muted); }
.hero h3, .card h2 { font-size: 1.125rem; font-weight: 620; line-height: 1.35; letter-spacing: -0.008em;
  overflow-wrap: anywhere; }
.hero p, .hint { color: var(--muted); font-size: 0.875rem; overflow-wrap: anywhere; }
.hero .buttons:not(:has(> :only-child)) { grid-column: 2 / -1; margin-block-start: 0.625rem; }
.hero .buttons:empty { display: none; }
.hero .progress { grid-column: 1 / -1; margin-block-start: 0.75rem; }
h4 { font-size: 0.9375rem; font-weight: 620; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.875rem 1.5rem; }
.facts dt { color: var(--muted); font-size: 0.8125rem; }
.facts dd { font-weight: 550; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.box { display: flex; gap: 0.75rem; padding: 0.75rem 1rem; border-radius: var(--small-radius); background: var(--sunken);
  font-size: 0.9375rem; overflow-wrap: anywhere; }
.box > div { min-inline-size: 0; }
.box > svg { margin-block-start: 0.1875em; }
.box .buttons { margin-block-start: 0.625rem; }
.box + .box { margin-block-start: 0.5rem; }
.box.good { background: var(--good-soft); } .box.good > svg { color: var(--good); }
.box.bad { background: var(--bad-soft); } .box.bad > svg { color: var(--bad); }
.box.warn { background: var(--warn-soft); } .box.warn > svg { color: var(--warn); }
.box pre { margin: 0.5rem 0 0; font: 0.8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; color: var(--text); }
.panel > .boxes { border-block-start: 0; padding-block-start: 0; }
.rows { display: grid; gap: 1rem; margin-block-start: 0.875rem; }
.row { display: grid; grid-template-columns: 1fr auto; gap: 0.25rem 1.5rem; align-items: center; cursor: default; }
select { font: inherit; font-size: 0.9375rem; color: var(--text); background: var(--surface); min-block-size: 2.25rem;
  border: 1px solid var(--control); border-radius: var(--small-radius); padding: 0.25rem 0.5rem; inline-size: 15rem; max-inline-size: 100%; }
input[role="switch"] { appearance: none; margin: 0; inline-size: 2.5rem; block-size: 1.5rem; border-radius: 999px;
  background: var(--control); position: relative; cursor: pointer; transition: background 0.15s; flex: none; }
input[role="switch"]::after { content: ""; position: absolute; inset-block-start: 3px; inset-inline-start: 3px;
  inline-size: 1.125rem; block-size: 1.125rem; border-radius: 50%; background: var(--surface); transition: transform 0.15s; }
input[role="switch"]:checked { background: var(--accent); }
input[role="switch"]:checked::after { transform: translateX(1rem); }
:host(:dir(rtl)) input[role="switch"]:checked::after { transform: translateX(-1rem); }
input[type="radio"] { accent-color: var(--accent); inline-size: 1.125rem; block-size: 1.125rem; margin: 0.1875rem 0 0;
  flex: none; }
.choice { display: flex; gap: 0.75rem; padding: 0.75rem 0.875rem; border: 1px solid var(--line);
  border-radius: var(--small-radius); cursor: pointer; }
.choice:has(:checked) { border-color: var(--accent); background: var(--accent-soft); }
.head { display: flex; align-items: center; justify-content: space-between; gap: 0.75rem; flex-wrap: wrap; }
@container (max-width: 34rem) {
  .panel > section, .panel > form, .panel > dl { padding: 1.125rem 1.125rem; }
  .panel > .boxes { padding-block-start: 0; }
  .hero { grid-template-columns: auto 1fr; }
  .hero .buttons, .hero .buttons:not(:has(> :only-child)) { grid-column: 1 / -1; margin-block-start: 0.75rem; }
  .hero .buttons > * { flex: 1 1 auto; min-block-size: 2.625rem; }
  .facts { grid-template-columns: 1fr 1fr; gap: 0.875rem 1rem; }
  .row:not(.switch) { grid-template-columns: 1fr; }
  .row select { inline-size: 100%; min-block-size: 2.625rem; }
}

/* Progress */
.progress { display: grid; gap: 0.375rem; }
.progress div { display: flex; justify-content: space-between; gap: 1rem; color: var(--muted); font-size: 0.8125rem;
  font-variant-numeric: tabular-nums; }
progress { appearance: none; display: block; inline-size: 100%; block-size: 0.375rem; border: 0; border-radius: 999px;
  overflow: hidden; background: color-mix(in srgb, var(--text) 14%, transparent); color: var(--accent); }
progress::-webkit-progress-bar { background: none; }
progress::-webkit-progress-value { background: var(--accent); border-radius: 999px; transition: inline-size 0.25s linear; }
progress::-moz-progress-bar { background: var(--accent); border-radius: 999px; }

/* Release notes */
.notes { display: grid; margin-block-start: 0.75rem; }
.notes details + details { border-block-start: 1px solid var(--line); }
.notes summary { display: flex; align-items: center; gap: 0.5rem; padding-block: 0.625rem; cursor: pointer;
  font-weight: 600; list-style: none; border-radius: var(--small-radius); font-variant-numeric: tabular-nums; }
.notes summary::-webkit-details-marker { display: none; }
.notes summary svg { color: var(--muted); transition: transform 0.15s; }
.notes details[open] summary svg { transform: rotate(90deg); }
.prose { padding: 0 0 0.875rem 1.625rem; font-size: 0.9375rem; overflow-wrap: anywhere; display: grid; gap: 0.5rem; }
.prose h5 { margin: 0.25rem 0 0; font-size: 0.9375rem; font-weight: 600; }
.prose ul { padding-inline-start: 1.125rem; display: grid; gap: 0.25rem; }
.prose li::marker { color: var(--muted); }
.prose code { font: 0.8125rem ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  background: var(--sunken); padding: 0.1em 0.35em; border-radius: 4px; }
.chip { display: inline-flex; align-items: center; border: 1px solid var(--line); border-radius: 999px;
  padding: 0.0625rem 0.5625rem; font-size: 0.75rem; font-weight: 500; color: var(--muted); white-space: nowrap;
  background: var(--surface); }
.summary { font-weight: 500; margin-block-start: 0.375rem; overflow-wrap: anywhere; }

/* Dialogs and the overlay */
dialog { position: fixed; inset: 0; margin: auto; padding: 0; border: 1px solid var(--line); border-radius: calc(var(--radius) * 1.25);
  background: var(--surface); color: var(--text); box-shadow: var(--shadow); overflow: hidden;
  inline-size: min(28rem, calc(100vw - 2rem)); max-block-size: min(46rem, calc(100dvh - 2rem)); }
dialog[open] { display: flex; flex-direction: column; animation: rise 0.18s ease-out; }
dialog.wide { inline-size: min(42rem, calc(100vw - 2rem)); }
dialog::backdrop { background: rgb(14 18 28 / 45%); backdrop-filter: blur(3px); }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
.card { padding: 1.5rem; overflow-y: auto; min-block-size: 0; display: grid; gap: 0.75rem; }
.card .rows { margin-block-start: 0; gap: 0.5rem; }
.top { display: flex; align-items: center; gap: 0.75rem; padding: 0.875rem 0.875rem 0.875rem 1.5rem;
  border-block-end: 1px solid var(--line); }
.top h2 { font-size: 1.0625rem; font-weight: 620; flex: 1; }
.top button { padding: 0; inline-size: 2.25rem; }
.bottom { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.5rem; padding: 0.875rem 1.5rem;
  border-block-start: 1px solid var(--line); background: var(--sunken); }
dialog .panel { border: 0; border-radius: 0; overflow-y: auto; min-block-size: 0; }
.scroll { overflow-y: auto; min-block-size: 0; padding: 1rem 1.5rem; }
.overlay .card { justify-items: center; text-align: center; padding: 2.25rem 1.75rem 2rem; gap: 0.5rem; }
.overlay .sign { margin-block-end: 0.5rem; inline-size: 3.25rem; block-size: 3.25rem; font-size: 1.375rem; }
.overlay .buttons { margin-block-start: 1rem; justify-content: center; }
.overlay h2 { font-size: 1.25rem; }
.steps { list-style: none; display: grid; gap: 0.625rem; margin-block-start: 1rem; text-align: start; }
.steps li { display: flex; align-items: center; gap: 0.75rem; color: var(--muted); }
.steps li.now { color: var(--text); font-weight: 550; }
.steps .mark { display: grid; place-items: center; inline-size: 1.375rem; block-size: 1.375rem; border-radius: 50%;
  border: 1.5px solid var(--line); font-size: 0.6875rem; flex: none; }
.steps .done .mark { background: var(--good-soft); border-color: transparent; color: var(--good); }
.steps .now .mark { border-color: transparent; color: var(--accent); font-size: 1.125rem; }
.turn { animation: turn 0.9s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (max-width: 30rem) {
  .bottom { padding: 0.875rem; } .bottom > * { flex: 1 1 auto; min-block-size: 2.625rem; }
  .top { padding-inline-start: 1.125rem; } .card { padding: 1.25rem 1.125rem; } .scroll { padding-inline: 1.125rem; }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  .dot, progress, input[role="switch"] { forced-color-adjust: none; }
  .banner, .badge, .box { border: 1px solid CanvasText; }
}
`;

const ICONS = {
  again: "M20 11a8 8 0 0 0-14.3-4L3 10M3 4v6h6M4 13a8 8 0 0 0 14.3 4l2.7-3M21 20v-6h-6",
  alert: "M12 8v5M12 16.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  back: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  check: "M5 12.5 10 17.5 19.5 7",
  close: "M6 6l12 12M18 6 6 18",
  down: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  info: "M12 11v5.5M12 7.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  more: "M9 6l6 6-6 6",
  out: "M14 4h6v6M20 4l-9 9M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4",
  restart: "M12 3v8M6.3 6.8a8 8 0 1 0 11.4 0",
  spin: "M12 3a9 9 0 1 0 9 9",
  up: "M12 20V6M6 11.5 12 5.5l6 6",
};
const TONES = { good: "check", news: "up", busy: "spin", quiet: "info", bad: "alert", warn: "alert" };

// ------------------------------------------------------------------------------------------------ building of DOM

/** An element with attributes (null and false: none) and children (nested lists, strings; null and false: none). */
function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...present(children));
  return node;
}

const present = (children) => children.flat(Infinity).filter((c) => c || c === 0);

const hint = (...children) => h("p", { class: "hint" }, children);

function icon(name, spins = name === "spin") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
  if (spins) svg.setAttribute("class", "turn");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const same = (a, b) => a.nodeName === b.nodeName && a.dataset?.key === b.dataset?.key;

/** Makes the children of `parent` equal to `wanted`. Nodes that are there already stay, and with them the focus. */
function sync(parent, wanted) {
  let at = parent.firstChild;
  for (const node of wanted) {
    let match = at;
    while (match && !same(match, node)) match = match.nextSibling;
    if (!match) {
      parent.insertBefore(node, at);
      continue;
    }
    while (at !== match) at = removed(at);
    if (match.nodeType === Node.TEXT_NODE) {
      if (match.data !== node.data) match.data = node.data;
    } else {
      sync_attributes(match, node);
      sync(match, [...node.childNodes]);
      if (match.nodeName === "SELECT") match.value = node.value;
      if (match.nodeName === "INPUT") match.checked = node.checked;
    }
    at = match.nextSibling;
  }
  while (at) at = removed(at);
}

/** Removes a node and returns the next one. A dialog is closed first, so that the focus returns to where it was. */
function removed(node) {
  const next = node.nextSibling;
  if (node.nodeName === "DIALOG" && node.open) node.close();
  node.remove();
  return next;
}

/** `open` belongs to the browser and the user. */
function sync_attributes(old, wanted) {
  for (const name of old.getAttributeNames()) {
    if (name !== "open" && !wanted.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

// ------------------------------------------------------------------------------------------------ texts from values

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** The address if it is one of the web, else "": the server must not choose another scheme. */
function web_address(address) {
  return /^https?:\/\//i.test(address ?? "") ? address : "";
}

function bytes(count, language) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const power = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(count, 1)) / 3)));
  const digits = power < 2 ? 0 : 1;
  const format = { style: "unit", unit: units[power], minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, format).format(count / 1000 ** power);
}

/** A message of the launcher as a sentence: they begin with a small letter, unless with a name, and have no full stop. */
function sentence(text) {
  const whole = text.trim().replace(/([^.!?:])$/, "$1.");
  return whole.replace(/^[a-z](?=[a-z]*[,.]?( |$))/, (letter) => letter.toUpperCase());
}

/** "5 minutes ago", in the language. */
function ago(iso, language) {
  const seconds = (new Date(iso) - Date.now()) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(0, "second");
}

/** Release notes as elements. They are nobody's HTML: headings, lists, code and bold become elements, all else is text. */
function prose(text) {
  const blocks = [];
  let list = null;
  for (const line of text.replace(/<!--[^]*?(-->|$)/g, "").split(/\r?\n/)) {
    const heading = /^#{1,6}\s+(.*)/.exec(line);
    const item = /^\s*[-*+]\s+(.*)/.exec(line);
    if (item) {
      if (!list) blocks.push((list = h("ul")));
      list.append(h("li", null, inline(item[1])));
      continue;
    }
    list = line.trim() ? null : list;
    if (heading) blocks.push(h("h5", null, inline(heading[1])));
    else if (line.trim()) blocks.push(h("p", null, inline(line)));
  }
  return blocks;
}

function inline(line) {
  const parts = line.replace(/\[([^\]]+)\]\([^)\s]*\)/g, "$1").split(/(`[^`]+`|\*\*[^*]+\*\*)/);
  return parts.map((part) => {
    if (/^`.+`$/.test(part)) return h("code", null, part.slice(1, -1));
    if (/^\*\*.+\*\*$/.test(part)) return h("strong", null, part.slice(2, -2));
    return part;
  });
}

// ----------------------------------------------------------------------------------------------------- connection

const EMPTY_STATUS = {
  state: "idle", reason: null, failed: [], app: "", current: "", install_type: "portable", channel: "stable",
  can_auto_update: false, can_check: false, is_admin: false, update: null, progress: null, last_check: null, error: null,
  last_result: null, previous: null, dismissed: null, run: null,
  settings: { enabled: true, check_interval_hours: 24, auto: "notify", include_prerelease: false },
};

function complete(status) {
  const update = status.update && { notes: [], summary: "", critical: false, ...status.update };
  const state = STATES[status.state] ? status.state : "idle";
  return { ...EMPTY_STATUS, ...status, state, update, settings: { ...EMPTY_STATUS.settings, ...status.settings } };
}

/**
 * What is known about one `base`: all elements of a page with the same `base` share it. It keeps the newest status, the
 * connection, what the user hid, and the restart that is going on. Sends "change" after each of them has changed.
 */
class Updates extends EventTarget {
  static #all = new Map();

  /** The one of this `base`; "" is one without a connection, whose status the page sets. */
  static of(base) {
    if (!this.#all.has(base)) this.#all.set(base, new Updates(base));
    return this.#all.get(base);
  }

  status = null;
  first = null; // the version that the page was loaded with
  restart = null; // {from, run, target, previous, last, since, reached, trial, slow, result}
  pending = ""; // the action whose answer is awaited
  message = null; // {bad: bool, text} of the last action
  lost = 0; // when the server stopped to answer; 0 if it answers
  fetch = null;
  socket = null;
  #base;
  #users = 0;
  #channel = null; // the WebSocket
  #attempts = 0;
  #timers = {};
  #calm = null; // the last status before a restart
  #wanted = ""; // the version that this page has asked for
  #hidden;

  constructor(base) {
    super();
    this.#base = base;
    this.#hidden = this.#stored();
  }

  attach() {
    if (this.#users++ > 0) return;
    addEventListener("storage", this.#heard);
    addEventListener("online", this.#look);
    document.addEventListener("visibilitychange", this.#look);
    this.#timers.minute = setInterval(() => this.#changed(), 60000);
    if (!this.#base) return;
    this.refresh();
    this.#open();
  }

  detach() {
    if (--this.#users > 0) return;
    removeEventListener("storage", this.#heard);
    removeEventListener("online", this.#look);
    document.removeEventListener("visibilitychange", this.#look);
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    const channel = this.#channel;
    this.#channel = null;
    channel?.close();
  }

  // What the user hid: for the version only, in this browser and, by "skip", on the server.

  get is_hidden() {
    const version = this.status?.update?.version;
    return Boolean(version) && (this.is_skipped || (this.#hidden.later === version && this.#hidden.until > Date.now()));
  }

  get is_skipped() {
    const update = this.status?.update;
    if (!update || update.critical) return false;
    return [this.status.dismissed, this.#hidden.skipped].includes(update.version);
  }

  later() {
    const { version, critical } = this.status.update;
    const pause = critical ? LATER.critical : LATER.normal;
    this.#store({ ...this.#hidden, later: version, until: Date.now() + pause });
  }

  /** Whoever may not decide for all skips the version for himself. */
  skip() {
    const { version } = this.status.update;
    this.#store({ ...this.#hidden, skipped: version });
    return this.status.is_admin ? this.post("dismiss", { version }) : undefined;
  }

  get #key() {
    return `update-center:${this.#base}`;
  }

  #stored() {
    try {
      return JSON.parse(localStorage.getItem(this.#key)) ?? {};
    } catch {
      return {}; // no storage for this page, or somebody else's value
    }
  }

  #store(hidden) {
    this.#hidden = hidden;
    try {
      localStorage.setItem(this.#key, JSON.stringify(hidden));
    } catch {
      // Then it is hidden until the page is loaded again.
    }
    this.#changed();
  }

  #heard = (event) => {
    if (event.key !== this.#key && event.key !== null) return;
    this.#hidden = this.#stored();
    this.#changed();
  };

  // Requests

  /** Asks for the status. Never throws: that there is no answer is expected during a restart. */
  async refresh() {
    if (!this.#base) return;
    let answer = null;
    try {
      answer = await this.#request("GET", "status", undefined, 5000);
    } catch {
      // The application is not there.
    }
    if (answer?.ok) this.accept(await answer.json());
    else if (answer && this.restart && !this.restart.result && [401, 403, 404].includes(answer.status)) {
      // It is back, and has forgotten who we are.
      this.restart.result = { kind: "restarted" };
      this.#changed();
    } else this.#unreachable(answer);
    this.#plan();
  }

  #unreachable(answer) {
    const is_lost = !answer || answer.status >= 500;
    this.lost = is_lost ? this.lost || Date.now() : 0;
    if (this.restart && is_lost) this.restart.reached = false;
    this.#changed();
  }

  /** POST, with the new status or an error as the result. */
  post(action, body = {}) {
    if (action === "apply") this.#wanted = body.version;
    if (action === "rollback") this.#wanted = this.status.previous;
    return this.#act(action, "POST", action, body);
  }

  save(settings) {
    this.status = { ...this.status, settings };
    return this.#act("settings", "PUT", "settings", settings);
  }

  async #act(name, method, path, body) {
    this.pending = name;
    this.message = null;
    this.#changed();
    try {
      const answer = await this.#request(method, path, body, 30000);
      const json = await answer.json().catch(() => ({}));
      if (!answer.ok) this.message = { bad: true, status: answer.status, detail: json.detail };
      else if (name === "settings") this.message = { bad: false };
      else this.accept(json);
    } catch {
      this.message = { bad: true, status: 0 };
    }
    this.pending = "";
    if (name === "settings" || this.message?.bad) await this.refresh();
    this.#changed();
  }

  #request(method, path, body, timeout) {
    const headers = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const send = this.fetch ?? ((...all) => globalThis.fetch(...all));
    return send(`${this.#base}/${path}`, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(timeout),
    });
  }

  // Events, and polling where there are none

  #open() {
    const url = new URL(`${this.#base}/events`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    let channel;
    try {
      channel = this.socket ? this.socket(url.href) : new WebSocket(url);
    } catch {
      return; // polling goes on
    }
    this.#channel = channel;
    channel.onopen = () => (this.#attempts = 0);
    channel.onmessage = (event) => this.#message(JSON.parse(event.data));
    channel.onclose = () => {
      if (this.#channel !== channel) return;
      this.#channel = null;
      this.#later_open();
      this.refresh();
    };
  }

  /** From one second up to half a minute, with jitter so that not all pages come at once. */
  #later_open() {
    const pause = this.restart ? 1000 : Math.min(30000, 1000 * 2 ** this.#attempts++) * (0.75 + Math.random() / 2);
    clearTimeout(this.#timers.open);
    this.#timers.open = setTimeout(() => this.#users > 0 && this.#open(), pause);
  }

  #message(message) {
    if (message.type === "update_state") this.accept(message.status);
    if (!this.status) return;
    if (message.type === "update_available") this.accept({ ...this.status, update: message.update });
    if (message.type === "update_download_progress") {
      this.accept({ ...this.status, progress: { done: message.done, total: message.total } });
    }
    if (message.type === "server_restarting") {
      this.accept({ ...this.status, state: "restarting" });
      this.restart.target = message.version || this.restart.target;
      this.#changed();
    }
    this.#plan();
  }

  #look = () => {
    if (!document.hidden) this.refresh();
  };

  #plan() {
    clearTimeout(this.#timers.poll);
    if (this.#users === 0 || !this.#base) return;
    const restarting = this.restart && !this.restart.result;
    const connected = this.#channel?.readyState === 1;
    if (!restarting && connected) return;
    const busy = ["checking", "downloading"].includes(this.status?.state);
    const just_lost = this.lost && Date.now() - this.lost < PACE.just_lost;
    const pause = PACE[restarting ? "restart" : just_lost ? "lost" : busy ? "busy" : "idle"];
    this.#timers.poll = setTimeout(() => (document.hidden && !restarting ? this.#plan() : this.refresh()), pause);
  }

  // The status, and the restart that it tells of

  accept(status) {
    this.status = complete(status);
    this.lost = 0;
    this.first ??= this.status.current;
    const restarts = Boolean(STATES[this.status.state].overlay);
    if (restarts && (!this.restart || this.restart.result)) this.#begin();
    if (this.restart && !this.restart.result) this.#follow(restarts);
    if (!restarts) this.#calm = this.status;
    this.#changed();
    this.#plan();
  }

  #begin() {
    const before = this.#calm ?? this.status;
    this.message = null;
    this.restart = {
      from: before.current, run: before.run, previous: before.previous, last: JSON.stringify(before.last_result),
      since: Date.now(), reached: true, target: this.#wanted || (this.status.update?.version ?? ""),
    };
    this.#wanted = "";
  }

  /** Waits until `run` or the version has changed and the trial of the new version is over. */
  #follow(restarts) {
    const { status, restart } = this;
    restart.reached = true;
    restart.slow = Date.now() - restart.since > PACE.slow;
    const changed = status.run !== restart.run || status.current !== restart.from;
    restart.trial = restarts && changed;
    // Another page asked for it, and this one has seen nothing of the download.
    if (!restart.target && status.current !== restart.from) restart.target = status.current;
    if (restarts) return;
    if (changed || JSON.stringify(status.last_result) !== restart.last) restart.result = outcome(restart, status);
    else this.restart = null; // refused; the state says why
  }

  #changed() {
    if (this.restart) this.restart.slow = Date.now() - this.restart.since > PACE.slow;
    this.dispatchEvent(new Event("change"));
  }

  close_restart() {
    this.restart = null;
    this.#changed();
  }
}

/** How a restart ended: {kind: updated|returned|rolled_back|restarted, version, other, message}. */
function outcome(restart, status) {
  const last = JSON.stringify(status.last_result) === restart.last ? null : status.last_result;
  const version = status.current;
  const other = last && (last.version === version ? last.from : last.version);
  if (last) return { kind: last.kind, version, other: other || restart.target, message: last.message ?? "" };
  if (version !== restart.from) {
    const kind = version === restart.previous ? "rolled_back" : "updated";
    return { kind, version, other: restart.from, message: "" };
  }
  if (restart.target) return { kind: "returned", version, other: restart.target, message: "" };
  return { kind: "restarted", version, other: "", message: "" };
}

// ---------------------------------------------------------------------------------------------------------- views

/** Builds what an element shows, from {updates, status, t(name, values), language, floating, choice}. */
const VIEWS = { badge, banner, settings: panel, overlay };

function sign(tone, look = "round") {
  return h("span", { class: `sign ${look} ${tone}`, part: `icon icon-${tone}` }, icon(TONES[tone]));
}

function button(c, action, label, extra = {}) {
  const { icon: picture, main, quiet } = BUTTONS[action] ?? {};
  const { plain, ...attributes } = extra;
  const looks = { main: main && !plain, quiet };
  const names = Object.keys(looks).filter((name) => looks[name]);
  return h(
    "button",
    {
      type: "button", class: names.join(" ") || null,
      part: `button button-${action}${looks.main ? " button-main" : ""}`,
      "data-action": action, "data-key": action, "aria-disabled": c.updates.pending === action ? "true" : null,
      ...attributes,
    },
    c.updates.pending === action ? icon("spin") : picture && icon(picture),
    h("span", null, label),
  );
}

/** The buttons of a list of the table that this caller may use, in its order. The first main one is the main one. */
function buttons(c, names) {
  const { status: s, t } = c;
  const labels = {
    download: () => {
      if (s.state === "error") return t("download_again");
      return s.update.size ? t("download_size", { size: bytes(s.update.size, c.language) }) : t("download");
    },
    apply: () => t(s.state === "ready" ? "apply_ready" : "apply"),
  };
  let main = false;
  return names.filter((name) => ALLOWED[name](s)).map((name) => {
    const label = labels[name]?.() ?? t(name);
    if (name === "page") return link(web_address(s.update.page), label);
    const plain = main;
    main ||= Boolean(BUTTONS[name].main);
    const full = name === "skip" ? { "aria-label": t("skip_long"), title: t("skip_long") } : {};
    return button(c, name, label, { plain, ...full });
  });
}

function link(address, label) {
  const attributes = { class: "button", part: "button button-page", "data-key": "page", href: address };
  return h("a", { ...attributes, target: "_blank", rel: "noopener noreferrer" }, icon("out"), h("span", null, label));
}

function headline(c) {
  const { status: s, t } = c;
  if (s.state === "update_available" && s.update?.critical) return t("critical");
  if (s.state === "error" && s.update) return t("error_update");
  if (s.state === "idle" && s.last_result?.kind === "returned") return t("idle_returned");
  if (s.state === "idle" && !s.last_check) return t("idle_never");
  return t(s.state);
}

function badge(c) {
  const { status: s, t, updates } = c;
  const look = STATES[s.state].badge;
  const update = look === "update" || (look === "error" && s.update);
  const looks = {
    badge: true, "has-update": update, pulse: update && !updates.is_hidden, "has-error": look === "error" && !update,
  };
  const names = Object.keys(looks).filter((name) => looks[name]).join(" ");
  const says = [`v${s.current}`, update ? headline(c) : "", t("badge_open")].filter(Boolean).join(", ");
  return h(
    "button",
    {
      type: "button", class: names, part: names, "data-action": "open", "data-key": "badge",
      "aria-haspopup": "dialog", "aria-label": says, title: update ? headline(c) : null,
    },
    h("span", { class: "dot" }),
    h("span", null, `v${s.current}`),
  );
}

function banner(c) {
  const { status: s, t, updates } = c;
  const content = banner_content(c);
  if (!content) return h("div", { "data-key": "banner" });
  const { bad, title, text, progress: running, actions } = content;
  const critical = Boolean(s.update?.critical) && !content.outdated;
  const role = critical ? "alert" : "status";
  const names = ["banner", critical && "critical", bad && "bad"].filter(Boolean).join(" ");
  const inside = h(
    "section",
    {
      class: names, part: names, "aria-label": t("title"),
      "data-region": "banner", "data-key": "banner-shown", tabindex: "-1",
    },
    h(
      "div",
      { class: "inside" },
      h("span", { class: "sign", part: "icon" }, icon(critical || bad ? "alert" : running ? "spin" : "up")),
      h(
        "div",
        { class: "body" },
        // A live region for the text alone: neither buttons nor progress are read out with each change.
        h("div", { role, part: "banner-text", "data-key": role }, h("strong", null, title), text && h("p", null, text)),
        h("div", { class: "buttons", part: "banner-buttons" }, actions),
        running && progress(c),
      ),
    ),
  );
  if (!c.floating) return h("div", { "data-key": "banner" }, inside);
  return h("div", { "data-key": "banner", class: "floating", popover: "manual" }, inside);
}

function banner_content(c) {
  const { status: s, t, updates } = c;
  if (updates.restart) return null;
  if (updates.first !== s.current) {
    const reload = button(c, "reload", t("reload"), { class: "main" });
    return { outdated: true, title: t("outdated", { old: updates.first }), actions: [reload] };
  }
  const names = STATES[s.state].banner;
  if (!names || !s.update || updates.is_hidden) return null;
  if (s.state === "error" && !s.is_admin) return null;
  const bad = s.state === "error";
  const cannot = s.state === "update_available" && !s.is_admin && t("not_admin");
  const text = bad ? s.error && sentence(s.error.message) : present([s.update.summary, cannot]).join(" ");
  return { title: headline(c), text, bad, progress: s.state === "downloading", actions: buttons(c, names) };
}

function progress(c) {
  const { done = 0, total = 0 } = c.status.progress ?? {};
  const known = total > 0;
  const values = { done: bytes(done, c.language), total: bytes(total, c.language) };
  const share = known ? Math.min(1, done / total) : 0;
  const percent = known ? new Intl.NumberFormat(c.language, { style: "percent" }).format(share) : "";
  return h(
    "div",
    { class: "progress", part: "progress" },
    h("progress", {
      part: "progress-bar", "aria-label": c.t("progress"),
      max: known ? total : null, value: known ? Math.min(done, total) : null,
    }),
    h("div", null, h("span", null, c.t(known ? "progress_of" : "progress_unknown", values)), h("span", null, percent)),
  );
}

// The settings panel

function panel(c) {
  const { status: s, updates } = c;
  const announced = STATES[s.state].announce ? headline(c) : "";
  const saved = updates.message && !updates.message.bad;
  return h(
    "section",
    { class: "panel", part: "panel", "aria-label": c.t("title"), ...region("panel") },
    hero(c),
    boxes(c),
    facts(c),
    s.update && s.update.notes.length > 0 && notes_section(c),
    ALLOWED.settings(s) && settings_form(c),
    ALLOWED.rollback(s) && rollback_section(c),
    h("div", { class: "unseen", role: "status", "data-key": "live" }, saved ? c.t("saved") : announced),
  );
}

/** A part of the page that gets the focus if what had it is gone. */
const region = (name) => ({ "data-region": name, "data-key": name, tabindex: "-1" });

function hero(c) {
  const { status: s, t, updates } = c;
  const checked = s.last_check ? t("last_check", { ago: ago(s.last_check, c.language) }) : t("never_checked");
  const quiet = s.state === "disabled" || (s.state === "idle" && !s.last_check);
  const texts = [
    updates.lost ? t("connecting") : s.update?.summary || (quiet ? "" : checked),
    updates.is_skipped && t("skipped"),
    !s.is_admin && s.state === "update_available" && t("not_admin"),
  ];
  return h(
    "section",
    { class: "hero", part: "status", "data-key": "hero" },
    sign(tone_of(s)),
    h("div", null, h("h3", null, headline(c)), present(texts).map((text) => h("p", null, text))),
    h("div", { class: "buttons", part: "panel-buttons" }, buttons(c, STATES[s.state].panel)),
    s.state === "downloading" && progress(c),
  );
}

function tone_of(status) {
  const { tone } = STATES[status.state];
  if (status.state === "idle" && !status.last_check) return "quiet";
  return status.update?.critical && tone === "news" ? "bad" : tone;
}

function box(tone, key, ...children) {
  const role = tone === "bad" ? "alert" : null;
  const attributes = { role, class: `box ${tone}`, part: `message message-${tone}`, "data-key": key };
  return h("div", attributes, icon(TONES[tone]), h("div", null, children));
}

function boxes(c) {
  const { status: s, t, updates } = c;
  const instructions = s.reason?.instructions && h("pre", { part: "instructions" }, s.reason.instructions);
  const all = present([
    updates.message?.bad && box("bad", "message", failure(c)),
    s.state === "error" && s.error && box("bad", "error", sentence(s.error.message)),
    s.reason && box("quiet", "reason", reason_text(c), instructions),
    s.last_result && !updates.restart && result_box(c),
  ]);
  return all.length > 0 && h("section", { class: "boxes", "data-key": "boxes" }, all);
}

function reason_text(c) {
  const own = c.t(`reason_${c.status.reason.code}`);
  return own.startsWith("reason_") ? c.status.reason.message : own;
}

function failure(c) {
  const { status, detail } = c.updates.message;
  if (status === 0) return c.t("unreachable");
  if (status === 403) return c.t("forbidden");
  return typeof detail === "string" && detail ? detail : c.t("failed", { detail: `HTTP ${status}` });
}

function result_box(c) {
  const { kind, version, from, message } = c.status.last_result;
  const other = version === c.status.current ? from : version;
  const result = { kind, version: c.status.current, other, message };
  const text = kind === "returned" && hint(c.t("returned_text", { new: other }));
  const retry = ALLOWED.retry(c.status) && h("div", { class: "buttons" }, button(c, "retry", c.t("retry", { new: other })));
  return box(is_good(kind) ? "good" : "warn", "result", h("strong", null, result_title(c, result)), text, retry);
}

/** The version that was taken back by the last update; "" if there is none. */
function failed_version(status) {
  const { kind, from } = status.last_result ?? {};
  return kind === "returned" && status.failed.includes(from) ? from : "";
}

const is_good = (kind) => ["updated", "rolled_back", "restarted"].includes(kind);

/** The launcher's own sentence for what the texts do not know. */
function result_title(c, { kind, version, other, message }) {
  const known = ["updated", "returned", "rolled_back", "restarted"].includes(kind);
  return known || !message ? c.t(known ? kind : "restarted", { version, new: other }) : sentence(message);
}

function facts(c) {
  const { status: s, t } = c;
  const type = t(`type_${s.install_type}`);
  const channel = s.channel === "stable" ? t("channel_stable") : s.channel;
  const rows = [
    [t("current"), s.current],
    [t("install_type"), type.startsWith("type_") ? s.install_type : type],
    s.install_type !== "development" && [t("channel"), channel],
  ].filter(Boolean);
  const entries = rows.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value)));
  return h("dl", { class: "facts", part: "facts", "data-key": "facts" }, entries);
}

function notes_section(c) {
  return h(
    "section",
    { part: "notes", "data-key": "notes", "aria-label": c.t("notes_title") },
    h("div", { class: "head" }, h("h4", null, c.t("notes_title")), unsigned(c)),
    notes_list(c),
    hint(c.t("unsigned_why")),
  );
}

const unsigned = (c) => h("span", { class: "chip", part: "unsigned", title: c.t("unsigned_why") }, c.t("unsigned"));

/** All versions between the installed one and the offered one, newest first as the server lists them. */
function notes_list(c) {
  return h(
    "div",
    { class: "notes" },
    c.status.update.notes.map(({ version, text }, index) =>
      h(
        "details",
        { "data-key": version, open: index === 0 },
        h("summary", null, icon("more"), version),
        h("div", { class: "prose", part: "notes-text" }, text?.trim() ? prose(text) : hint(c.t("no_notes"))),
      ),
    ),
  );
}

function settings_form(c) {
  const { status: s, t } = c;
  const { enabled, check_interval_hours: hours, auto, include_prerelease: pre } = s.settings;
  const intervals = INTERVALS.includes(hours) ? INTERVALS : [...INTERVALS, hours].sort((a, b) => a - b);
  const named = { 1: "hour", 24: "day", 168: "week" };
  const names = intervals.map((n) => [n, t(named[n] ?? "hours", { n }), n === hours]);
  const whens = ["notify", "download"].map((when) => [when, t(`auto_${when}`), when === auto]);
  const kinds = [["false", t("releases_stable"), !pre], ["true", t("releases_pre"), pre]];
  return h(
    "form",
    { part: "settings", "data-key": "settings", "aria-label": t("settings") },
    h("h4", null, t("settings")),
    h(
      "div",
      { class: "rows" },
      h("label", { class: "row switch" },
        h("span", null, t("auto_check"), h("span", { class: "hint", "data-key": "hint" }, h("br"), t("auto_check_hint"))),
        h("input", { type: "checkbox", role: "switch", name: "enabled", part: "switch", checked: enabled })),
      enabled && select(t("interval"), "check_interval_hours", names),
      enabled && s.can_auto_update && select(t("auto"), "auto", whens),
      select(t("releases"), "include_prerelease", kinds),
    ),
  );
}

function select(label, name, options) {
  return h(
    "label",
    { class: "row", "data-key": name },
    h("span", null, label),
    h(
      "select",
      { name, part: "select" },
      options.map(([value, text, selected]) => h("option", { value, selected }, text)),
    ),
  );
}

function rollback_section(c) {
  const { status: s, t } = c;
  return h("section", { part: "rollback", "data-key": "rollback" },
    h("div", { class: "head" },
      h("div", null, h("h4", null, t("rollback_head")), hint(t("rollback_lead", { version: s.previous }))),
      button(c, "rollback", t("rollback", { version: s.previous }))));
}

// Dialogs

const DIALOGS = {
  settings: settings_dialog, notes: notes_dialog, apply: apply_dialog, retry: retry_dialog, rollback: rollback_dialog,
};

function dialog(c, name, { wide, title, content, actions }) {
  const id = `title-${name}`;
  const close = {
    type: "button", class: "quiet", part: "button button-close", "data-action": "close", "data-key": "close",
    "aria-label": c.t("close"),
  };
  return h(
    "dialog",
    {
      class: wide ? "wide" : null, part: `dialog dialog-${name}`, "data-dialog": name, ...region(name),
      "aria-labelledby": id,
    },
    wide && h("div", { class: "top" }, h("h2", { id }, title), h("button", close, icon("close"))),
    wide ? content : h("div", { class: "card" }, h("h2", { id }, title), content),
    actions?.length > 0 && h("div", { class: "bottom" }, actions),
  );
}

function settings_dialog(c) {
  return dialog(c, "settings", { wide: true, title: c.t("title"), content: panel(c) });
}

function notes_dialog(c) {
  const { status: s, t } = c;
  if (!s.update) return null;
  const { update } = s;
  const attributes = { class: "scroll", part: "notes", tabindex: "0", role: "region", "aria-labelledby": "title-notes" };
  const content = h("div", attributes, update.summary && h("p", { class: "summary" }, update.summary),
    update.notes.length > 0 && [notes_list(c), hint(unsigned(c), " ", t("unsigned_why"))]);
  const next = (STATES[s.state].banner ?? []).filter((name) => ["download", "apply"].includes(name));
  const actions = buttons(c, ["page", ...next]);
  return dialog(c, "notes", { wide: true, title: t("notes_title"), content, actions });
}

function cancel(c) {
  return button(c, "close", c.t("cancel"));
}

function apply_dialog(c) {
  if (!c.status.update) return null;
  return question(c, "apply", "apply_title", c.t(c.status.state === "ready" ? "apply_ready" : "apply"));
}

function retry_dialog(c) {
  const version = failed_version(c.status);
  return version ? question(c, "retry", "retry_title", c.t("retry", { new: version }), { new: version }) : null;
}

/** Before an update, which restarts the application for everybody. */
function question(c, name, title, label, values = {}) {
  return dialog(c, name, {
    title: c.t(title, values), content: hint(c.t("apply_text", values)),
    actions: [cancel(c), button(c, `confirm-${name}`, label, { class: "main", autofocus: true })],
  });
}

function rollback_dialog(c) {
  const { status: s, t } = c;
  if (!s.previous) return null;
  const values = { version: s.previous, old: s.current };
  const choice = (value, label, hint) =>
    h("label", { class: "choice" }, h("input", { type: "radio", name: "data", value, checked: c.choice === value }),
      h("span", null, label, hint && h("span", { class: "hint", "data-key": "hint" }, h("br"), hint)));
  return dialog(c, "rollback", {
    title: t("rollback_title", values),
    content: [
      hint(t("rollback_text", values)),
      h("div", { class: "rows" }, choice("keep", t("rollback_keep")), choice("with", t("rollback_with"), t("rollback_with_hint"))),
    ],
    actions: [cancel(c), button(c, "confirm-rollback", t("rollback", values), { class: "main" })],
  });
}

/** Covers the page while the application restarts, and says how that ended. */
function overlay(c) {
  const { restart } = c.updates;
  if (!restart) return null;
  const content = restart.result ? result_content(c, restart.result) : waiting_content(c, restart);
  const attributes = { class: "overlay", part: "overlay", "data-dialog": "overlay", "aria-labelledby": "title-overlay" };
  return h("dialog", { ...attributes, ...region("overlay") }, h("div", { class: "card" }, content));
}

function waiting_content(c, restart) {
  const { t } = c;
  const back = restart.target && restart.target === restart.previous;
  const values = { new: restart.target, version: restart.target };
  const title = t(back ? "overlay_title_back" : restart.target ? "overlay_title" : "overlay_title_restart", values);
  return [
    sign("busy"),
    h("h2", { id: "title-overlay" }, title),
    h("p", { class: "hint", role: "status" }, t(restart.slow ? "overlay_slow" : "overlay_text")),
    restart.target && steps(c, restart.trial ? 2 : restart.reached && c.status.state === "applying" ? 0 : 1),
    restart.slow && h("div", { class: "buttons" }, button(c, "reload", t("reload"))),
  ];
}

function steps(c, now) {
  const names = ["step_install", "step_start", "step_verify"];
  return h("ol", { class: "steps", part: "steps" }, names.map((name, index) => {
    const look = index < now ? "done" : index === now ? "now" : "";
    const mark = look && icon(look === "done" ? "check" : "spin");
    return h(
      "li",
      { class: look || null, "aria-current": look === "now" ? "step" : null },
      h("span", { class: "mark" }, mark),
      h("span", null, c.t(name)),
      look === "done" && h("span", { class: "unseen" }, `(${c.t("step_done")})`),
    );
  }));
}

function result_content(c, result) {
  const { t } = c;
  const values = { version: result.version, new: result.other, old: result.other };
  const texts = { updated: result.other && t("updated_from", values), returned: t("returned_text", values) };
  return [
    sign(is_good(result.kind) ? "good" : "warn"),
    h("h2", { id: "title-overlay", role: "alert", "data-key": "result" }, result_title(c, result)),
    texts[result.kind] && hint(texts[result.kind]),
    h(
      "div",
      { class: "buttons" },
      button(c, "reload", t("reload"), { class: "main", autofocus: true }),
      button(c, "close-overlay", t("close")),
    ),
  ];
}

// -------------------------------------------------------------------------------------------------------- element

/** What the buttons do, with the element and its Updates. */
const ACTIONS = {
  open: (element) => element.open(),
  close: (element) => element.close(),
  check: (_, updates) => updates.post("check"),
  download: (_, updates) => updates.post("download", { version: updates.status.update.version }),
  apply: (element) => element.show("apply"),
  "confirm-apply": (element, updates) => {
    element.close();
    updates.post("apply", { version: updates.status.update.version });
  },
  retry: (element) => element.show("retry"),
  "confirm-retry": (element, updates) => {
    element.close();
    updates.post("apply", { version: failed_version(updates.status), retry: true });
  },
  rollback: (element) => element.show("rollback"),
  "confirm-rollback": (element, updates) => {
    element.close();
    updates.post("rollback", { data: element.choice });
  },
  notes: (element) => element.show("notes"),
  later: (_, updates) => updates.later(),
  skip: (_, updates) => updates.skip(),
  reload: () => location.reload(),
  "close-overlay": (_, updates) => updates.close_restart(),
};

const PROPERTIES = ["strings", "fetch", "socket", "status"];
let sheet = null;

export class UpdateCenter extends HTMLElement {
  static observedAttributes = ["base", "view", "lang", "theme"];

  choice = "keep"; // what becomes of the data at a rollback
  #root = this.attachShadow({ mode: "open" });
  #updates = null;
  #dialogs = [];
  #strings = {};
  #planned = false;

  constructor() {
    super();
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(CSS);
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.addEventListener("click", this.#clicked);
    this.#root.addEventListener("change", this.#edited);
    this.#root.addEventListener("cancel", this.#cancelled, true);
    this.#root.addEventListener("close", this.#closed, true);
    this.#root.addEventListener("submit", (event) => event.preventDefault());
  }

  connectedCallback() {
    this.#updates = Updates.of((this.getAttribute("base") ?? "").replace(/\/+$/, ""));
    this.#updates.addEventListener("change", this.#changed);
    for (const name of PROPERTIES) this.#upgrade(name);
    this.#updates.attach();
    this.#render();
  }

  disconnectedCallback() {
    this.#updates.removeEventListener("change", this.#changed);
    this.#updates.detach();
    this.#dialogs = [];
  }

  attributeChangedCallback(name, old, value) {
    if (!this.#updates || !this.isConnected || old === value) return;
    if (name === "base") {
      this.disconnectedCallback();
      this.connectedCallback();
    } else this.#changed();
  }

  /** A page may set properties before this module is loaded. */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  // For the page's author

  /** The newest status, as GET /status answers; null before the first. Setting it shows it. */
  get status() {
    return this.#updates?.status ?? null;
  }
  set status(status) {
    if (this.#updates) this.#updates.accept(status);
    else Object.defineProperty(this, "status", { value: status, configurable: true, writable: true });
  }

  /** Replaces texts of the table, all or some. */
  get strings() {
    return { ...LANGUAGES[this.#language.slice(0, 2)], ...this.#strings };
  }
  set strings(strings) {
    this.#strings = strings ?? {};
    this.#changed();
  }

  /** A function like fetch, for requests with a token. */
  get fetch() {
    return this.#updates?.fetch ?? null;
  }
  set fetch(value) {
    this.#shared("fetch", value);
  }

  /** A function that makes the WebSocket for an address. */
  get socket() {
    return this.#updates?.socket ?? null;
  }
  set socket(value) {
    this.#shared("socket", value);
  }

  #shared(name, value) {
    if (!this.#updates) {
      Object.defineProperty(this, name, { value, configurable: true, writable: true });
      return;
    }
    this.#updates[name] = value;
    if (name === "fetch") this.#updates.refresh();
  }

  refresh() {
    return this.#updates.refresh();
  }

  /** Shows the settings: the page's own view of them if it has one, else a dialog. */
  open() {
    const opening = new CustomEvent("update-center-open", { bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(opening)) return;
    const views = [...document.querySelectorAll(`${this.localName}[view~="settings"]`)];
    const view = views.find((one) => one.checkVisibility?.());
    if (!view) {
      this.show("settings");
      return;
    }
    view.scrollIntoView({ block: "nearest" });
    view.shadowRoot.querySelector(".panel")?.focus();
  }

  /** Opens a dialog: settings, notes, apply, retry or rollback. */
  show(name) {
    if (!DIALOGS[name] || this.#dialogs.includes(name)) return;
    this.choice = "keep";
    this.#dialogs.push(name);
    this.#render();
  }

  /** Closes the dialog on top. */
  close() {
    const name = this.#dialogs.at(-1);
    if (name) this.#root.querySelector(`dialog[data-dialog="${name}"]`)?.close();
  }

  // Showing

  get #language() {
    const wanted = this.closest("[lang]")?.lang || navigator.language || "en";
    return LANGUAGES[wanted.slice(0, 2).toLowerCase()] ? wanted : "en";
  }

  get #views() {
    const view = this.getAttribute("view") ?? "badge banner";
    return view.split(/\s+/).filter((name) => VIEWS[name]);
  }

  #changed = () => {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      if (!this.isConnected) return;
      this.#render();
      this.#tell();
    });
  };

  #told = null;
  #tell() {
    if (this.#told === this.status) return;
    this.#told = this.status;
    this.dispatchEvent(new CustomEvent("update-center-status", { detail: this.status, bubbles: true, composed: true }));
  }

  #render() {
    const updates = this.#updates;
    const { status } = updates;
    if (!status) return;
    const strings = this.strings;
    const known = { version: status.current, new: status.update?.version ?? "" };
    const t = (name, values) => fill(strings[name] ?? ENGLISH[name] ?? name, { ...known, ...values });
    const floating = !this.hasAttribute("view");
    const c = { updates, status, t, language: this.#language, floating, choice: this.choice };
    const views = this.#views;
    const nodes = views.map((name) => VIEWS[name](c));
    if (updates.restart) this.#dialogs = [];
    if (this.#covers(views)) nodes.push(overlay(c));
    nodes.push(this.#dialogs.map((name) => DIALOGS[name](c)));
    this.#replace(present([nodes]));
  }

  /** The overlay is shown once: by the element that the page has for it, else by the first. */
  #covers(views) {
    if (views.includes("overlay")) return false;
    const elements = [...document.querySelectorAll(this.localName)];
    const all = elements.filter((one) => #updates in one && one.#updates === this.#updates);
    if (all.some((one) => one.#views.includes("overlay"))) return false;
    return all.find((one) => one.checkVisibility?.() ?? true) === this;
  }

  #replace(nodes) {
    const focus = this.#root.activeElement;
    const region = focus?.closest("[data-region]")?.dataset.region;
    sync(this.#root, nodes);
    for (const one of this.#root.querySelectorAll("dialog:not([open])")) one.showModal();
    for (const one of this.#root.querySelectorAll("[popover]")) one.matches(":popover-open") || one.showPopover?.();
    // What had the focus may be gone: a button that was pressed, for example.
    const result = this.#root.querySelector(".overlay [autofocus]");
    if (result && this.#root.activeElement?.nodeName === "DIALOG") result.focus();
    if (focus && !focus.isConnected) this.#root.querySelector(`[data-region="${region}"]`)?.focus();
  }

  #clicked = (event) => {
    const target = event.target.closest("[data-action]");
    if (target && target.getAttribute("aria-disabled") !== "true") {
      ACTIONS[target.dataset.action](this, this.#updates);
    } else if (event.target.matches('dialog:not([data-dialog="overlay"])') && outside(event)) this.close();
  };

  #edited = (event) => {
    const { name, value, checked } = event.target;
    if (name === "data") {
      this.choice = value;
      return;
    }
    const { settings } = this.#updates.status;
    const values = {
      enabled: checked, check_interval_hours: Number(value), auto: value, include_prerelease: value === "true",
    };
    if (name in values) this.#updates.save({ ...settings, [name]: values[name] });
  };

  #cancelled = (event) => {
    if (event.target.dataset.dialog !== "overlay") return;
    event.preventDefault();
    if (this.#updates.restart?.result) this.#updates.close_restart();
  };

  #closed = (event) => {
    this.#dialogs = this.#dialogs.filter((name) => name !== event.target.dataset.dialog);
    // A browser closes a dialog at the second Escape, whatever the first was answered. This opens the overlay again.
    this.#render();
  };
}

function outside({ target, clientX: x, clientY: y }) {
  const box = target.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}

if (!customElements.get("update-center")) customElements.define("update-center", UpdateCenter);
