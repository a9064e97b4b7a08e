package io.modeldepot.registry.tokens;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.kit.access.Identity;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a caller who is limited to families to them: it sees everything and changes models of its
 * families, nothing else. Every method throws {@code not-permitted}, and returns at once for who is
 * not limited.
 */
@ApplicationScoped
public class Permits {
  private final Caller caller;
  private final Families families;

  Permits(Caller caller, Families families) {
    this.caller = caller;
    this.families = families;
  }

  /** For what concerns one model. */
  public void requireModel(ModelName model) {
    if (limits().isEmpty()) {
      return;
    }
    Optional<FamilyName> family = families.of(model);
    if (family.isEmpty()) {
      throw refused("the catalog has no " + model + ", so nobody can say of which family it is");
    }
    requireFamily(family.get());
  }

  /** For what concerns one family. */
  public void requireFamily(FamilyName family) {
    if (!limits().isEmpty() && !limits().contains(family)) {
      throw refused("this is of the family " + family);
    }
  }

  /** For what concerns more than families. */
  public void requireAll() {
    if (!limits().isEmpty()) {
      throw refused("this concerns more");
    }
  }

  private Set<FamilyName> limits() {
    return caller.identity().map(Identity::families).orElse(Set.of());
  }

  private ProblemException refused(String why) {
    String names =
        limits().stream().map(FamilyName::value).sorted().collect(Collectors.joining(", "));
    return ProblemException.of(
        ProblemCode.NOT_PERMITTED,
        "%s may change models of the family %s alone; %s.".formatted(caller.actor(), names, why));
  }
}
