package dev.parley.launcher;

import dev.parley.platform.Feature;
import dev.parley.platform.Inbox;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformLimits;
import dev.parley.platform.ReplyChannel;
import java.util.Optional;
import java.util.Set;

/**
 * A platform that may be reached long after the bot began on others: until then nothing is heard
 * from it, and nothing is to be said there. Thread-safe.
 */
final class LatePlatform implements Platform {
  private final String name;
  private volatile Optional<Platform> reached = Optional.empty();

  LatePlatform(String name) {
    this.name = name;
  }

  void reached(Platform platform) {
    reached = Optional.of(platform);
  }

  private Platform platform() {
    return reached.orElseThrow(() -> new IllegalStateException(name + " was not reached yet"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PlatformLimits limits() {
    return platform().limits();
  }

  @Override
  public Set<Feature> features() {
    return platform().features();
  }

  @Override
  public boolean seesEverything() {
    return platform().seesEverything();
  }

  @Override
  public boolean reachesPeople() {
    return reached.filter(Platform::reachesPeople).isPresent();
  }

  @Override
  public void start(Inbox inbox) {
    platform().start(inbox);
  }

  @Override
  public ReplyChannel open(PlaceId place, Optional<String> question) {
    return platform().open(place, question);
  }

  @Override
  public Optional<Place> openThread(PlaceId place, String messageId, String title) {
    return platform().openThread(place, messageId, title);
  }

  @Override
  public void close() {
    reached.ifPresent(Platform::close);
  }
}
