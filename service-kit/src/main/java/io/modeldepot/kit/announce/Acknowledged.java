package io.modeldepot.kit.announce;

/**
 * That the broker has a record, and where.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset in it
 */
public record Acknowledged(String topic, int partition, long offset) {}
