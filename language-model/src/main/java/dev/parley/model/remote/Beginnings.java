package dev.parley.model.remote;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which server read which conversation last, by hashes of the conversation's beginnings: that
 * server has them in its KV cache. Two that hash alike cost a cold cache and nothing else. Guarded
 * by the pool's lock.
 */
final class Beginnings<S> {
  private static final int MOST = 20_000;

  /** Least recently used first. */
  private final Map<Long, S> servers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, S> eldest) {
          return size() > MOST;
        }
      };

  /** The one that has the longest beginning of these messages. */
  Optional<S> longest(List<ChatMessage> messages) {
    return of(messages).reversed().stream()
        .flatMap(hash -> Optional.ofNullable(servers.get(hash)).stream())
        .findFirst();
  }

  void put(List<ChatMessage> messages, S server) {
    of(messages).forEach(hash -> servers.put(hash, server));
  }

  /** Shortest first; the system's words alone are everybody's beginning and count for none. */
  private static List<Long> of(List<ChatMessage> messages) {
    List<Long> hashes = new ArrayList<>();
    long hash = 1;
    boolean said = false;
    for (ChatMessage message : messages) {
      hash = 0x9E3779B97F4A7C15L * hash + message.hashCode();
      said |= message.role() != Role.SYSTEM;
      if (said) {
        hashes.add(hash);
      }
    }
    return hashes;
  }
}
