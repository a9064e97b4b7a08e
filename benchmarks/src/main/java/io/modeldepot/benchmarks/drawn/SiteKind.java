package io.modeldepot.benchmarks.drawn;

import java.util.OptionalLong;

/** What kind of site is drawn. */
public enum SiteKind {
  /** Asked for more than it has. */
  OVERLOADED("R") {
    @Override
    public Drawn draw(long seed, int models, int gpus) {
      return new Drawn(DrawnSite.overloaded(seed, models, gpus), OptionalLong.empty());
    }
  },
  /** Cut from a plan that leaves nothing free. */
  PERFECT("P") {
    @Override
    public Drawn draw(long seed, int models, int gpus) {
      PerfectPacking perfect = PerfectPacking.of(seed, models, gpus);
      return new Drawn(perfect.site(), OptionalLong.of(perfect.value()));
    }
  };

  private final String letter;

  SiteKind(String letter) {
    this.letter = letter;
  }

  /** As tables have it. */
  public String letter() {
    return letter;
  }

  /** A site, and what its best plan serves where that is known. */
  public record Drawn(DrawnSite site, OptionalLong best) {}

  /** The site of this seed value. */
  public abstract Drawn draw(long seed, int models, int gpus);
}
