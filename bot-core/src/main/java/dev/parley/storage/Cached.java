package dev.parley.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/**
 * Values of the database kept in memory. Never stale: a change is dropped when its transaction
 * commits, and stays unseen if that rolls back; the transaction itself reads past the cache.
 * Thread-safe.
 *
 * <p>That holds because a load and an invalidation of the same key exclude each other in Caffeine:
 * a load that began before the commit is dropped by it, one that begins later reads the new value.
 */
public final class Cached<K, V> {
  private final Database database;
  private final Function<K, V> load;
  private final Cache<K, V> cache;

  /**
   * @param entries most entries kept
   * @param load reads a value from the database
   */
  public Cached(Database database, int entries, Function<K, V> load) {
    this.database = database;
    this.load = load;
    this.cache = Caffeine.newBuilder().maximumSize(entries).build();
  }

  /** The value as this thread may see it. */
  public V get(K key) {
    return database.isWriting() ? load.apply(key) : cache.get(key, load);
  }

  /** Says, within the transaction that does it, that a value changes. */
  public void changes(K key) {
    database.afterCommit(() -> cache.invalidate(key));
  }
}
