package io.modeldepot.placement.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldepot.events.wire.Wire;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** REST writes as the topics do: one vocabulary, one mapper. */
public class DoorMapper {

  @Produces
  @Singleton
  ObjectMapper mapper() {
    return Wire.mapper();
  }
}
