/**
 * Looks at everything that can be wrong, says it with the fix, and packs what a report needs. Each
 * group of checks ({@link io.modeldepot.cli.command.doctor.Checks}) only reads; {@link
 * io.modeldepot.cli.command.doctor.Fixes} changes what the person asked for by name. The bundle
 * passes {@link io.modeldepot.cli.command.doctor.Redaction} file by file.
 */
@NullMarked
package io.modeldepot.cli.command.doctor;

import org.jspecify.annotations.NullMarked;
