package io.modeldepot.cli.command.doctor;

import java.util.List;

/**
 * A group of checks. Reads only; a thing that cannot be looked at is a verdict too, never an
 * exception.
 */
interface Checks {
  List<Verdict> look();
}
