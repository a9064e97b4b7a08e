package io.modeldepot.registry.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BelievedProxiesTest {
  @Test
  void whoeverIsBelievedHasToBeNamed() {
    assertThatThrownBy(() -> new BelievedProxies(true, Optional.empty()).requireNames())
        .hasMessageContaining("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES=");
    assertThatCode(() -> new BelievedProxies(true, Optional.of(List.of("10.1.2.3"))).requireNames())
        .doesNotThrowAnyException();
  }

  @Test
  void whereNobodyIsBelievedNobodyHasToBeNamed() {
    assertThatCode(() -> new BelievedProxies(false, Optional.empty()).requireNames())
        .doesNotThrowAnyException();
  }
}
