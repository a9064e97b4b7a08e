package io.modeldepot.downloader.hub;

import java.util.List;
import java.util.function.Supplier;

/**
 * Mirrors of this site that have a file, which are asked before the hub. They get the site's token
 * and never the hub's.
 *
 * @param name what they call the repository
 * @param mirrors who has the file now, best first; asked for every range, so somebody who comes or
 *     goes counts at once
 */
public record Nearby(String name, Supplier<List<Endpoint>> mirrors) {
  /** Nobody: only the hub is asked. */
  public static final Nearby NOBODY = new Nearby("", List::of);
}
