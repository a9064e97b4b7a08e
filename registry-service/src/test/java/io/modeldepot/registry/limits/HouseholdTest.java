package io.modeldepot.registry.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HouseholdTest {
  @Test
  void allAddressesOfOneNetworkOfIpv6AreOneCaller() {
    assertThat(Household.of("2001:db8:1:2::1"))
        .isEqualTo(Household.of("2001:db8:1:2:ffff::9"))
        .isNotEqualTo(Household.of("2001:db8:1:3::1"));
  }

  @Test
  void everyAddressOfIpv4IsACallerInWhateverForm() {
    assertThat(Household.of("203.0.113.7"))
        .isEqualTo(Household.of("::ffff:203.0.113.7"))
        .isNotEqualTo(Household.of("203.0.113.8"));
  }
}
