/** Following a job without a process or a registry. */
@org.jspecify.annotations.NullMarked
package io.modeldepot.cli.command.download;
