/**
 * Backups beside the tools people use: {@code tar -czf}, {@code tar} through {@code zstd}, and
 * {@code restic} where it is installed, on one store of well-formed synthetic bf16 weights. {@link
 * io.modeldepot.benchmarks.backup.BackupMain} runs it and prints the ratios.
 */
@NullMarked
package io.modeldepot.benchmarks.backup;

import org.jspecify.annotations.NullMarked;
