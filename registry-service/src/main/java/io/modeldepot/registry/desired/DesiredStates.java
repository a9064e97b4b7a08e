package io.modeldepot.registry.desired;

import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.desired.difference.Comparing;
import io.modeldepot.registry.desired.difference.Current;
import io.modeldepot.registry.desired.difference.Difference;
import io.modeldepot.registry.desired.document.DesiredState;
import io.modeldepot.registry.desired.document.Faulty;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Compares and carries out, whoever brings the document. */
@ApplicationScoped
public class DesiredStates {
  private final Present present;
  private final CarryingOut carryingOut;

  DesiredStates(Present present, CarryingOut carryingOut) {
    this.present = present;
    this.carryingOut = carryingOut;
  }

  /** A condition on what is. */
  interface Condition {

    /**
     * Looks, with everything held.
     *
     * @param now the document of what is
     * @throws io.modeldepot.registry.problem.ProblemException if nothing is to be done
     */
    void look(String now, Difference difference);
  }

  /** What is, as a document. */
  @Transactional
  public String document() {
    return Present.document(present.seen());
  }

  /**
   * What a document changes.
   *
   * @throws Faulty if it cannot be meant, seen what is
   */
  @Transactional
  public StateView difference(DesiredState wanted, boolean prune) throws Faulty {
    return StateView.shown(Comparing.of(wanted, present.seen(), prune));
  }

  /**
   * Makes it so. All of it becomes visible with the commit of the caller's transaction, or none.
   *
   * @param because the request that asked for it
   * @throws Faulty if it cannot be meant, seen what is; then nothing is done
   */
  @Transactional(Transactional.TxType.MANDATORY)
  StateView apply(
      DesiredState wanted, boolean prune, Condition condition, String because, Origin origin)
      throws Faulty {
    Current now = present.held();
    Difference difference = Comparing.of(wanted, now, prune);
    condition.look(Present.document(now), difference);
    return StateView.applied(difference, carryingOut.carryOut(difference, because, origin));
  }

  /** The same without a condition. */
  @Transactional(Transactional.TxType.MANDATORY)
  public StateView apply(DesiredState wanted, boolean prune, String because, Origin origin)
      throws Faulty {
    return apply(wanted, prune, (now, difference) -> {}, because, origin);
  }
}
