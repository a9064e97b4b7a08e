package io.modeldepot.registry.notify.receiver;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Arrays;
import java.util.List;

/** What tests of the neighbouring rooms need to have of this one. */
public final class Keys {
  private Keys() {}

  /** Keys, each as a line of a file. */
  public static List<SigningKey> read(String... lines) {
    return Arrays.stream(lines).map(SigningKey::read).toList();
  }

  /** An address that is one. */
  public static WebAddress address(String url) {
    return ((WebAddress.Reading.Good) WebAddress.read(url)).address();
  }

  /** The rules of an operator who lists these hosts. */
  public static ReceiverRules rules(String hosts) {
    return new ReceiverRules(
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(NotifySettings.class)
            .withDefaultValue("depot.notify.hosts", hosts)
            .withConverters(
                new org.eclipse.microprofile.config.spi.Converter<?>[] {
                  new io.quarkus.runtime.configuration.DurationConverter()
                })
            .build()
            .getConfigMapping(NotifySettings.class));
  }
}
