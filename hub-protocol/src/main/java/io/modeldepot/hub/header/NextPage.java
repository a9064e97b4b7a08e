package io.modeldepot.hub.header;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The link to the next page of a listing: {@code Link: <https://…?cursor=…>; rel="next"}. A listing
 * is complete when there is none.
 */
public final class NextPage {
  private static final Pattern LINK = Pattern.compile("<([^<>]*)>((?:\\s*;[^,<>]*)*)");
  private static final Pattern NEXT =
      Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+))", Pattern.CASE_INSENSITIVE);

  private NextPage() {}

  /**
   * The next page's address, made absolute against the page it was found on.
   *
   * @param page the address of the page
   * @param linkHeaders every value of {@code Link}
   * @return empty if there is no next page
   * @throws IllegalArgumentException if the link is no address of a page: the listing is not
   *     complete, and what follows cannot be had
   */
  public static Optional<URI> of(URI page, Collection<String> linkHeaders) {
    for (String header : linkHeaders) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        if (isNext(link.group(2))) {
          return Optional.of(onTheWeb(page.resolve(link.group(1).strip())));
        }
      }
    }
    return Optional.empty();
  }

  /** As it stands in {@code Link}. */
  public static String header(URI next) {
    return "<" + next + ">; rel=\"next\"";
  }

  /**
   * Not {@code mailto:} and the like, which have no path: a host made of one would be another's.
   */
  private static URI onTheWeb(URI next) {
    boolean web =
        "http".equalsIgnoreCase(next.getScheme()) || "https".equalsIgnoreCase(next.getScheme());
    if (!web || next.getRawAuthority() == null || next.getRawPath() == null) {
      throw new IllegalArgumentException("The link to the next page is no address of one.");
    }
    return next;
  }

  private static boolean isNext(String parameters) {
    Matcher rel = NEXT.matcher(parameters);
    if (!rel.find()) {
      return false;
    }
    String names = rel.group(1) != null ? rel.group(1) : rel.group(2);
    return names != null
        && List.of(names.strip().toLowerCase(Locale.ROOT).split("\\s+")).contains("next");
  }
}
