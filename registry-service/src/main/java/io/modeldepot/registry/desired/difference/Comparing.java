package io.modeldepot.registry.desired.difference;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.registry.desired.document.DesiredState;
import io.modeldepot.registry.desired.document.Fault;
import io.modeldepot.registry.desired.document.Faulty;
import io.modeldepot.registry.desired.document.WishedModel;
import io.modeldepot.registry.desired.document.WishedSetting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Compares what should be with what is. */
public final class Comparing {
  private Comparing() {}

  /**
   * What would make it the same.
   *
   * @param prune whether what no document says is to go; else it is told and stays
   * @throws Faulty with everything that cannot be meant, seen what is
   */
  public static Difference of(DesiredState wanted, Current now, boolean prune) throws Faulty {
    List<Fault> faults = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    ModelComparing models = new ModelComparing(now, faults);
    SettingComparing settings = new SettingComparing(now, faults);
    for (WishedModel wished : wanted.models().values()) {
      models.wished(wished).ifPresent(changes::add);
    }
    for (WishedSetting wished : wanted.settings().values()) {
      settings.wished(wished).ifPresent(changes::add);
    }
    if (!faults.isEmpty()) {
      throw new Faulty(faults);
    }
    List<Change> unsaid = unsaid(wanted, now, models, settings);
    List<String> leftAlone =
        prune ? List.of() : unsaid.stream().map(Change::object).sorted().toList();
    if (prune) {
      changes.addAll(unsaid);
    }
    changes.sort(Comparator.comparing(Change::object));
    return new Difference(prune, changes, leftAlone);
  }

  private static List<Change> unsaid(
      DesiredState wanted, Current now, ModelComparing models, SettingComparing settings) {
    List<Change> unsaid = new ArrayList<>();
    for (Map.Entry<ModelName, ModelNow> one : now.models().entrySet()) {
      if (!wanted.models().containsKey(one.getKey())) {
        models.unsaid(one.getKey(), one.getValue()).ifPresent(unsaid::add);
      }
    }
    for (String key : now.settings().keySet()) {
      if (!wanted.settings().containsKey(key)) {
        settings.unsaid(key, Change.Kind.REMOVE).ifPresent(unsaid::add);
      }
    }
    return unsaid;
  }
}
