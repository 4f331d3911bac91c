package dev.parley.telegram;

import dev.parley.platform.PlaceId;
import java.util.Optional;

/**
 * A chat, or one topic of it, which is a place of its own.
 *
 * @param id positive for private chats, negative for groups
 * @param topic the thread of a forum topic
 */
record Chat(long id, Optional<Integer> topic) {
  private static final String BETWEEN = "/";

  /** Ids of supergroups and channels begin here and count down. */
  private static final long SUPERGROUPS = -1_000_000_000_000L;

  static Chat of(PlaceId place) {
    String[] parts = place.id().split(BETWEEN, 2);
    return new Chat(
        Long.parseLong(parts[0]),
        parts.length == 2 ? Optional.of(Integer.valueOf(parts[1])) : Optional.empty());
  }

  /** A whole chat, or what of it lies in no topic. */
  static Chat whole(long id) {
    return new Chat(id, Optional.empty());
  }

  PlaceId place() {
    return new PlaceId(TelegramPlatform.NAME, id + topic.map(t -> BETWEEN + t).orElse(""));
  }

  boolean isPrivate() {
    return id > 0;
  }

  /**
   * Whose messages are counted together: a supergroup counts its own, a bot those of all its
   * private chats and small groups.
   */
  long counter() {
    return id <= SUPERGROUPS ? id : 0;
  }

  String chatId() {
    return Long.toString(id);
  }
}
