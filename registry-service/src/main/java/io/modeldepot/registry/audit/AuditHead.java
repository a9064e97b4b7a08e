package io.modeldepot.registry.audit;

/**
 * The end of the chain. Whoever keeps a head elsewhere can prove later that nothing before it
 * changed.
 *
 * @param seq number of the newest record, 0 when there is none
 * @param hash its hash; with 0, the hash of the installation's id
 */
public record AuditHead(long seq, String hash) {}
