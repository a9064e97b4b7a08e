package io.modeldepot.cli.command.bundle;

import io.modeldepot.backup.bundling.BundlePlanner;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.volume.Wanted;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Which versions go into a bundle: named ones, the current ones of a family, or all there are.
 *
 * @param names models, with or without a commit
 * @param family a family
 */
record Choice(List<String> names, Optional<String> family) {

  static Choice of(List<String> names, Optional<String> family, boolean all) {
    int ways = (names.isEmpty() ? 0 : 1) + (family.isPresent() ? 1 : 0) + (all ? 1 : 0);
    if (ways != 1) {
      throw Failure.usage("name models, or a family, or all, and one of these only")
          .tryThis(Try.command("bundle create NAME... --to DIR"))
          .tryThis(Try.command("bundle create --family FAMILY --to DIR"))
          .tryThis(Try.command("bundle create --all --to DIR"));
    }
    return new Choice(List.copyOf(names), family);
  }

  List<BundlePlanner.Wanted> on(ModelStore store, Session session) throws IOException {
    LinkedHashSet<BundlePlanner.Wanted> chosen = new LinkedHashSet<>();
    for (String name : names) {
      Wanted.Found found = Wanted.of(name, "bundle create").one(store, session);
      chosen.add(new BundlePlanner.Wanted(found.model(), found.commit()));
    }
    if (names.isEmpty()) {
      for (ModelName model : store.versions().models()) {
        for (CommitId commit : commits(store, model)) {
          chosen.add(new BundlePlanner.Wanted(model, commit));
        }
      }
    }
    if (chosen.isEmpty()) {
      throw Failure.of(
              ExitCode.NOT_FOUND,
              "not-present",
              family.map(f -> "no model of the family " + f).orElse("no model")
                  + " is on the volume")
          .tryThis(new Try("see what there is", "list --present"));
    }
    return new ArrayList<>(chosen);
  }

  private List<CommitId> commits(ModelStore store, ModelName model) throws IOException {
    if (family.isEmpty()) {
      return store.versions().commits(model);
    }
    return store
        .versions()
        .currentManifest(model)
        .filter(manifest -> manifest.family().value().equals(family.get()))
        .map(Manifest::commit)
        .map(List::of)
        .orElse(List.of());
  }
}
