package io.modeldepot.mirror.revision;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.hub.document.Refs;
import io.modeldepot.hub.document.Refs.Ref;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelved;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names of revisions, and what they mean. */
public final class Revisions {
  /** The branch that every repository has. */
  public static final String MAIN = "main";

  /** What the Hub's JavaScript client asks for where its user names no revision. */
  public static final String HEAD = "HEAD";

  private static final List<String> LONG_FORMS = List.of("refs/heads/", "refs/tags/");

  private Revisions() {}

  /**
   * The version that a revision means.
   *
   * @param revision branch, tag or commit
   * @return empty if it means none of those that are here
   */
  public static Optional<Edition> resolve(Shelved shelved, String revision) {
    String commit = revision.toLowerCase(Locale.ROOT);
    if (CommitId.isOne(commit)) {
      return shelved.editions().stream().filter(e -> e.commit().value().equals(commit)).findFirst();
    }
    String name = shortName(revision);
    Map<String, Edition> names = names(shelved);
    return Optional.ofNullable(names.get(name.equals(HEAD) ? MAIN : name));
  }

  /**
   * Every name there is, as branches: the volume knows what was asked for, not whether it was a
   * branch or a tag.
   */
  public static Refs refs(Shelved shelved) {
    List<Ref> branches =
        names(shelved).entrySet().stream()
            .map(name -> Ref.branch(name.getKey(), name.getValue().commit().value()))
            .toList();
    return new Refs(branches, List.of(), List.of());
  }

  /** Without what tells a branch or a tag; a pull request's name has no shorter form. */
  private static String shortName(String revision) {
    return LONG_FORMS.stream()
        .filter(revision::startsWith)
        .findFirst()
        .map(form -> revision.substring(form.length()))
        .orElse(revision);
  }

  private static Map<String, Edition> names(Shelved shelved) {
    Map<String, Edition> names = new LinkedHashMap<>();
    shelved.editions().stream()
        .filter(Edition::isCurrent)
        .findFirst()
        .ifPresent(current -> names.put(MAIN, current));
    for (Edition edition : shelved.editions()) {
      edition
          .revision()
          .filter(name -> !CommitId.isOne(name))
          .map(Revisions::shortName)
          .ifPresent(name -> names.merge(name, edition, Revisions::newer));
    }
    // What main means is the operator's choice, not the clock's.
    shelved.editions().stream()
        .filter(Edition::isCurrent)
        .findFirst()
        .ifPresent(current -> names.put(MAIN, current));
    return names;
  }

  private static Edition newer(Edition one, Edition other) {
    return other.createdAt().isAfter(one.createdAt()) ? other : one;
  }
}
