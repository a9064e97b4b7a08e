/**
 * What should be, as a file: models.yaml. The registry reads, compares and carries out; here is how
 * a difference looks, when somebody is asked, and how what goes on afterwards is followed.
 */
@NullMarked
package io.modeldepot.cli.command.desired;

import org.jspecify.annotations.NullMarked;
