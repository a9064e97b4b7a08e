/** Words of the contract as people read them: states, kinds of work, kinds of damage. */
export const TERMS_EN = {
  'state.absent': 'absent', 'state.active': 'active', 'state.archived': 'archived', 'state.damaged': 'damaged', 'state.downloading': 'downloading', 'state.orphan': 'orphan', 'state.present': 'present', 'state.removed': 'removed',
  'state.accepted': 'accepted', 'state.announcing': 'announcing', 'state.cancelled': 'cancelled', 'state.checking': 'checking', 'state.done': 'done', 'state.expired': 'expired', 'state.failed': 'failed', 'state.joined': 'joined', 'state.planned': 'planned',
  'state.publishing': 'publishing', 'state.requested': 'requested', 'state.resolving': 'resolving', 'state.running': 'running', 'state.transferring': 'transferring', 'state.waiting': 'waiting',
  'state.placed': 'placed', 'state.unplaced': 'unplaced', 'state.drained': 'drained', 'state.lost': 'lost', 'state.given-up': 'given up', 'state.delivered': 'delivered', 'state.stopped': 'stopped', 'state.unusable': 'unusable', 'state.ready': 'ready', 'state.starting': 'starting', 'state.stopping': 'stopping', 'state.degraded': 'degraded',
  'state.loading': 'loading', 'state.published': 'published', 'state.unloading': 'unloading', 'state.unknown': 'unknown', 'state.same': 'same', 'state.changed': 'changed',
  'state.none': 'none', 'state.valid': 'valid', 'state.invalid': 'invalid', 'state.untrusted': 'untrusted', 'state.not-checked': 'not checked', 'state.clean': 'clean', 'state.warned': 'warned', 'state.refused': 'refused',
  'work.archive': 'archive', 'work.backup': 'backup', 'work.check': 'check', 'work.cleanup': 'cleanup', 'work.drill': 'drill', 'work.prune': 'prune', 'work.repair': 'repair', 'work.restore': 'restore', 'work.scrub': 'scrub',
  'damaged.altered': 'altered by hand', 'damaged.bitrot': 'bits have flipped', 'damaged.extra': 'does not belong here', 'damaged.missing': 'missing',
};
