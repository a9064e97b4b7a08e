/** Wörter des Vertrags, wie man sie liest: Zustände, Arten von Arbeit, Arten von Schäden. */
export const TERMS_DE = {
  'state.absent': 'nicht da', 'state.active': 'aktiv', 'state.archived': 'archiviert', 'state.damaged': 'beschädigt', 'state.downloading': 'wird geladen', 'state.orphan': 'verwaist', 'state.present': 'vorhanden', 'state.removed': 'entfernt',
  'state.accepted': 'angenommen', 'state.announcing': 'wird gemeldet', 'state.cancelled': 'abgebrochen', 'state.checking': 'wird vorgeprüft', 'state.done': 'fertig', 'state.expired': 'verfallen', 'state.failed': 'gescheitert', 'state.joined': 'angeschlossen', 'state.planned': 'geplant',
  'state.publishing': 'wird veröffentlicht', 'state.requested': 'beauftragt', 'state.resolving': 'wird aufgelöst', 'state.running': 'läuft', 'state.transferring': 'wird übertragen', 'state.waiting': 'wartet',
  'state.placed': 'platziert', 'state.unplaced': 'ohne Platz', 'state.drained': 'außer Betrieb', 'state.lost': 'verloren', 'state.delivered': 'angekommen', 'state.stopped': 'angehalten', 'state.unusable': 'unbrauchbar', 'state.given-up': 'aufgegeben', 'state.ready': 'bereit', 'state.starting': 'startet', 'state.stopping': 'hält an', 'state.degraded': 'eingeschränkt',
  'state.loading': 'lädt', 'state.published': 'veröffentlicht', 'state.unloading': 'entlädt', 'state.unknown': 'unbekannt', 'state.same': 'gleich', 'state.changed': 'geändert',
  'state.none': 'keine', 'state.valid': 'gültig', 'state.invalid': 'ungültig', 'state.untrusted': 'nicht vertraut', 'state.not-checked': 'nicht geprüft', 'state.clean': 'sauber', 'state.warned': 'mit Warnung', 'state.refused': 'abgelehnt',
  'work.archive': 'Archivierung', 'work.backup': 'Sicherung', 'work.check': 'Prüfung', 'work.cleanup': 'Aufräumen', 'work.drill': 'Übung', 'work.prune': 'Ausdünnen', 'work.repair': 'Reparatur', 'work.restore': 'Wiederherstellung', 'work.scrub': 'Prüflesen',
  'damaged.altered': 'von Hand geändert', 'damaged.bitrot': 'Bits sind gekippt', 'damaged.extra': 'gehört nicht hierher', 'damaged.missing': 'fehlt',
};
