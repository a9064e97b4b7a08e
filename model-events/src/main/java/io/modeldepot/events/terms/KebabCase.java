package io.modeldepot.events.terms;

import com.fasterxml.jackson.databind.EnumNamingStrategies;

/**
 * How constants are written: {@code GIT_SHA1} as {@code git-sha1}. Jackson's own strategy, with the
 * public constructor that generators of API descriptions need.
 */
public final class KebabCase extends EnumNamingStrategies.KebabCaseStrategy {

  /** One is as good as another. */
  public KebabCase() {}
}
