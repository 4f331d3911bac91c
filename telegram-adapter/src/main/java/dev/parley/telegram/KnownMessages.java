package dev.parley.telegram;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Ids of messages that Parley saw or sent, and which chats have topics. Telegram numbers them in a
 * row, so that one which got lost on its way back has a number that nobody knows. Thread-safe.
 */
final class KnownMessages {
  /** Newest kept of each row. */
  private static final int KEPT = 2_000;

  /** How far beyond the newest known message a lost one is looked for. */
  private static final int AHEAD = 3;

  /**
   * Each costs a call at the pace of its chat. All private chats are numbered together, so that
   * more can lie between; in groups calls are dear, and nothing lies between but what people write.
   */
  private static final int MOST_IN_PRIVATE = 20;

  private static final int MOST_IN_GROUPS = 6;

  private final Map<Long, NavigableSet<Integer>> known = new ConcurrentHashMap<>();
  private final Set<Long> forums = ConcurrentHashMap.newKeySet();

  void add(Chat chat, int message) {
    NavigableSet<Integer> row = row(chat);
    synchronized (row) {
      row.add(message);
      if (row.size() > KEPT) {
        row.pollFirst();
      }
    }
  }

  /** Somebody wrote; also what is not answered yet has its number. */
  void add(Update update) {
    if (update.hasMessage()) {
      Message message = update.getMessage();
      add(Incoming.chat(message), message.getMessageId());
      if (Boolean.TRUE.equals(message.getChat().getIsForum())) {
        forums.add(message.getChatId());
      }
    }
  }

  /** Whether a chat has topics, so that what lies in none of them is in its General topic. */
  boolean isForum(Chat chat) {
    return forums.contains(chat.id());
  }

  /** The newest there is; 0 before there is one. */
  int newest(Chat chat) {
    NavigableSet<Integer> row = row(chat);
    synchronized (row) {
      return row.isEmpty() ? 0 : row.last();
    }
  }

  /** What a message that was sent after another one can be, oldest first. */
  List<Integer> unknownAfter(Chat chat, int after) {
    NavigableSet<Integer> row = row(chat);
    synchronized (row) {
      int last = Math.max(after, row.isEmpty() ? 0 : row.last()) + AHEAD;
      return IntStream.rangeClosed(after + 1, last)
          .filter(id -> !row.contains(id))
          .limit(most(chat))
          .boxed()
          .toList();
    }
  }

  /** What a message that was sent before another one can be, newest first. */
  List<Integer> unknownBefore(Chat chat, int after, int before) {
    NavigableSet<Integer> row = row(chat);
    synchronized (row) {
      return IntStream.iterate(before - 1, id -> id > after, id -> id - 1)
          .filter(id -> !row.contains(id))
          .limit(most(chat))
          .boxed()
          .toList();
    }
  }

  private static int most(Chat chat) {
    return chat.isPrivate() ? MOST_IN_PRIVATE : MOST_IN_GROUPS;
  }

  private NavigableSet<Integer> row(Chat chat) {
    return known.computeIfAbsent(chat.counter(), counter -> new TreeSet<>());
  }
}
