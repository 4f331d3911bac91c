package dev.parley.platform;

/**
 * Where messages stand: a private chat, a channel, a thread, a topic, a terminal.
 *
 * @param platform the platform's name, such as {@code discord}
 * @param id unique within the platform; a topic's id names its chat as well
 */
public record PlaceId(String platform, String id) {
  public PlaceId {
    Ids.check(platform, id);
  }
}
