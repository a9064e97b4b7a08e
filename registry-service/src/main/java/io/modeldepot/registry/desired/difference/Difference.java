package io.modeldepot.registry.desired.difference;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.CanonicalJson;
import java.util.List;
import java.util.Map;

/**
 * What differs.
 *
 * @param prune whether what no document says is to go
 * @param changes by the names of their objects
 * @param leftAlone what no document says and what stays as it is, by name
 */
public record Difference(boolean prune, List<Change> changes, List<String> leftAlone) {
  private static final int ID_DIGITS = 16;

  public Difference {
    changes = List.copyOf(changes);
    leftAlone = List.copyOf(leftAlone);
  }

  /** Whether everything is as documents say it. */
  public boolean same() {
    return changes.isEmpty();
  }

  /**
   * Names exactly these changes, by what they were and what they become: who carries out the same
   * id does what was shown.
   */
  public String plan() {
    List<Map<String, Object>> said =
        changes.stream()
            .map(
                change ->
                    Map.<String, Object>of(
                        "object", change.object(),
                        "kind", change.kind().word(),
                        "fields", change.fields(),
                        "does", change.deeds().stream().map(Deed::say).toList()))
            .toList();
    byte[] all = CanonicalJson.of(Map.of("prune", prune, "changes", said));
    return "d-" + Sha256.ofBytes(all).value().substring(0, ID_DIGITS);
  }
}
