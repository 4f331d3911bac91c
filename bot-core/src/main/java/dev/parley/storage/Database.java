package dev.parley.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class Database implements AutoCloseable {
  public static Database open(Path file) {
    throw new UnsupportedOperationException();
  }

  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    throw new UnsupportedOperationException();
  }

  public void update(Consumer<Handle> work) {
    throw new UnsupportedOperationException();
  }

  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    throw new UnsupportedOperationException();
  }

  public void afterCommit(Runnable action) {
    throw new UnsupportedOperationException();
  }

  public void backup(Path target) {
    throw new UnsupportedOperationException();
  }

  public List<String> integrityCheck() {
    throw new UnsupportedOperationException();
  }

  public long sizeInBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
