package io.modeldepot.hub.document;

import java.util.List;
import java.util.Map;

/**
 * Who a token belongs to.
 *
 * @param type {@code user} or {@code org}
 * @param name of the account
 * @param orgs organisations it is in
 */
public record WhoAmI(String type, String name, List<Map<String, Object>> orgs) {
  public WhoAmI {
    Fields.required(type, "type");
    Fields.required(name, "name");
    orgs = Fields.list(orgs);
  }
}
