package io.modeldepot.cli.settings;

/**
 * A value and where it came from.
 *
 * @param origin in words a person can follow: "flag --url", "environment DEPOT_URL", a file's path,
 *     "default"
 */
public record Found(String value, String origin) {}
