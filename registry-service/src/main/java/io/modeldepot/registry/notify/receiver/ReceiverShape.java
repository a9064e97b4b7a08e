package io.modeldepot.registry.notify.receiver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Settings {@code notify/NAME}: {@code on}, {@code url} or {@code urlFile}, {@code template},
 * {@code secretFile}. Pure.
 */
public final class ReceiverShape {
  /** What the keys of receivers begin with. */
  public static final String PREFIX = "notify/";

  private static final Pattern KEY = Pattern.compile(PREFIX + "[a-z0-9][a-z0-9-]{0,31}");
  private static final Set<String> MEMBERS =
      Set.of("on", "url", "urlFile", "template", "secretFile");
  private static final int MOST_TOPICS = 50;

  private final ObjectNode value;
  private final List<FieldError> errors = new ArrayList<>();

  private ReceiverShape(ObjectNode value) {
    this.value = value;
  }

  /** Whether a key is that of a receiver. */
  public static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  /**
   * Refuses a value that cannot be meant, whatever the operator allows.
   *
   * @throws ProblemException {@code invalid}, with pointers
   */
  public static void require(ObjectNode value) {
    Bodies.onlyMembers(value, MEMBERS);
    ReceiverShape shape = new ReceiverShape(value);
    shape.on();
    shape.template();
    shape.address();
    shape.file("urlFile");
    shape.file("secretFile");
    if (!shape.errors.isEmpty()) {
      throw ProblemException.invalid(shape.errors);
    }
  }

  private void on() {
    JsonNode on = value.path("on");
    if (!on.isArray() || on.isEmpty() || on.size() > MOST_TOPICS) {
      fault("/on", "A list of events is expected, as [\"backup.failed\",\"backup.missed\"].");
      return;
    }
    for (int at = 0; at < on.size(); at++) {
      String pointer = "/on/" + at;
      if (on.get(at).isTextual()) {
        new Wanted(on.get(at).textValue()).fault().ifPresent(say -> fault(pointer, say));
      } else {
        fault(pointer, "The name of an event is expected.");
      }
    }
  }

  private void template() {
    JsonNode template = value.path("template");
    if (!template.isMissingNode() && Template.of(template.asText()).isEmpty()) {
      fault("/template", "It can be " + Template.words() + ".");
    }
  }

  private void address() {
    JsonNode url = value.path("url");
    if (url.isMissingNode() == value.path("urlFile").isMissingNode()) {
      fault("", "Either url or urlFile is required: the address, or the file that it is in.");
      return;
    }
    if (url.isMissingNode()) {
      return;
    }
    switch (WebAddress.read(url.asText())) {
      case WebAddress.Reading.Bad bad -> fault("/url", bad.why());
      case WebAddress.Reading.Good good -> {
        boolean slack = Template.SLACK.word().equals(value.path("template").asText());
        if (good.address().hasQuery() || slack) {
          fault(
              "/url",
              "Who knows an address of Slack, or one with a query, can write there: put it into a"
                  + " file, and name that as urlFile.");
        }
      }
    }
  }

  private void file(String member) {
    JsonNode file = value.path(member);
    if (!file.isMissingNode() && !(file.isTextual() && SecretFiles.isName(file.textValue()))) {
      fault(
          "/" + member, "The name of a file is expected, as slack-url or /run/secrets/slack-url.");
    }
  }

  private void fault(String pointer, String say) {
    errors.add(new FieldError(pointer, say));
  }
}
