package io.modeldepot.registry.desired;

import io.modeldepot.registry.desired.difference.Change;
import io.modeldepot.registry.desired.difference.Difference;
import java.util.List;

/**
 * A difference as REST shows it. The README has an example.
 *
 * @param plan names exactly these changes
 * @param same whether there are none
 * @param applied whether they were carried out
 * @param prune whether what the document does not say is to go
 * @param leftAlone what the document does not say and what stays
 * @param work what was asked for and goes on: downloads, archiving
 */
public record StateView(
    String plan,
    boolean same,
    boolean applied,
    boolean prune,
    List<Changed> changes,
    List<String> leftAlone,
    List<Work> work) {

  /** One thing that becomes otherwise. */
  public record Changed(String object, String kind, List<Change.Field> fields, List<Doing> does) {}

  /**
   * What does it.
   *
   * @param event the topic on which it goes out
   */
  public record Doing(String event, String say) {}

  /**
   * What goes on after the answer.
   *
   * @param event {@code download-requested} or {@code cleanup-due}
   * @param id of the request
   */
  public record Work(String object, String event, String id) {}

  static StateView shown(Difference difference) {
    return of(difference, false, List.of());
  }

  static StateView applied(Difference difference, List<Work> work) {
    return of(difference, true, work);
  }

  private static StateView of(Difference difference, boolean applied, List<Work> work) {
    return new StateView(
        difference.plan(),
        difference.same(),
        applied,
        difference.prune(),
        difference.changes().stream().map(StateView::changed).toList(),
        difference.leftAlone(),
        work);
  }

  private static Changed changed(Change change) {
    return new Changed(
        change.object(),
        change.kind().word(),
        change.fields(),
        change.deeds().stream().map(it -> new Doing(it.event().name(), it.say())).toList());
  }
}
