package dev.parley.chat;

import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import java.util.Map;
import java.util.Optional;

/** The ways to the places of all platforms. Thread-safe. */
final class Channels {
  private final Map<String, Platform> platforms;

  /**
   * @param platforms by name
   */
  Channels(Map<String, Platform> platforms) {
    this.platforms = Map.copyOf(platforms);
  }

  ReplyChannel open(PlaceId place, Optional<String> platformQuestion) {
    return platform(place).open(place, platformQuestion);
  }

  PlatformLimits limits(PlaceId place) {
    return platform(place).limits();
  }

  /** Whether the place's platform is running and can say something to people by itself. */
  boolean reachesPeople(PlaceId place) {
    return Optional.ofNullable(platforms.get(place.platform()))
        .filter(Platform::reachesPeople)
        .isPresent();
  }

  private Platform platform(PlaceId place) {
    Platform platform = platforms.get(place.platform());
    if (platform == null) {
      throw new IllegalStateException("no platform named " + place.platform() + " is running");
    }
    return platform;
  }
}
