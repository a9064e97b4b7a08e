package io.modeldepot.registry.notify.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.notify.Notification;
import io.modeldepot.registry.notify.receiver.Template;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The body of a request. The same notification has the same body at every attempt.
 *
 * @param contentType its type
 */
record Letter(String contentType, byte[] body) {
  /** Not the instance: another one may make the next attempt. */
  private static final String SOURCE = "/registry";

  static Letter of(Notification news, Template template) {
    return switch (template) {
      case CLOUDEVENTS -> new Letter("application/cloudevents+json", Wire.write(event(news)));
      case SLACK -> new Letter("application/json", Wire.write(slack(news)));
      case PLAIN ->
          new Letter("text/plain; charset=utf-8", plain(news).getBytes(StandardCharsets.UTF_8));
    };
  }

  /** CloudEvents 1.0, structured mode (JSON event format). */
  private static ObjectNode event(Notification news) {
    ObjectNode event = Wire.mapper().createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", news.id());
    event.put("source", SOURCE);
    event.put("type", news.kind().cloudEventType());
    event.put("time", Wire.time(news.happenedAt()));
    event.put("subject", news.object());
    event.put("datacontenttype", "application/json");
    ObjectNode data = event.putObject("data");
    data.put("severity", news.kind().severity().word());
    data.put("say", news.say());
    data.set("details", Wire.mapper().valueToTree(news.data()));
    return event;
  }

  /** What Slack would read as markup, a link or a mention is text. */
  private static ObjectNode slack(Notification news) {
    String text = plain(news).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return Wire.mapper().createObjectNode().put("text", text);
  }

  private static String plain(Notification news) {
    String head = "[" + news.kind().severity().word() + "] " + news.kind().word() + ": ";
    return head + news.say() + remedy(news).map(cli -> "\nTry: " + cli).orElse("");
  }

  private static Optional<String> remedy(Notification news) {
    JsonNode problem = Wire.mapper().valueToTree(news.data()).path("problem");
    for (JsonNode remedy : problem.path("remedies")) {
      if (remedy.path("cli").isTextual()) {
        return Optional.of("manage-ai-models.sh " + remedy.path("cli").textValue());
      }
    }
    return Optional.empty();
  }
}
