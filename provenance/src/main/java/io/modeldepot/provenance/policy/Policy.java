package io.modeldepot.provenance.policy;

import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.ScanStatus;
import io.modeldepot.provenance.remotecode.RemoteCode;
import io.modeldepot.provenance.scan.Finding;
import io.modeldepot.provenance.scan.ModelScan;
import java.util.ArrayList;
import java.util.List;

/**
 * What a site does about models that would run code.
 *
 * @param pickles about pickles that are suspicious or malformed
 * @param remoteCode about repositories that need their own Python code
 */
public record Policy(Rule pickles, Rule remoteCode) {
  private static final int MAX_FINDINGS = 20;

  /** Says everything and refuses what is hidden or unknown in pickles. */
  public static final Policy CAREFUL = new Policy(Rule.REFUSE, Rule.WARN);

  /** Says everything and refuses nothing. */
  public static final Policy OBSERVANT = new Policy(Rule.WARN, Rule.WARN);

  /** The judgement, in the words of events. Equal findings give equal judgements. */
  public Scan judge(ModelScan scan, RemoteCode code) {
    List<String> findings = new ArrayList<>();
    boolean refused = false;
    if (!scan.verdict().allowed() && pickles != Rule.ALLOW) {
      scan.findings().stream().limit(MAX_FINDINGS).map(Finding::inWords).forEach(findings::add);
      int more = scan.findings().size() - MAX_FINDINGS;
      if (more > 0) {
        findings.add("%d more of this kind.".formatted(more));
      }
      refused = pickles == Rule.REFUSE;
    }
    if (code.needed() && remoteCode != Rule.ALLOW) {
      findings.addAll(code.inWords());
      refused |= remoteCode == Rule.REFUSE;
    }
    if (refused) {
      return new Scan(ScanStatus.REFUSED, findings);
    }
    return new Scan(findings.isEmpty() ? ScanStatus.CLEAN : ScanStatus.WARNED, findings);
  }
}
