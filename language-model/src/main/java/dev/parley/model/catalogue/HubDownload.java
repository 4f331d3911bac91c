package dev.parley.model.catalogue;

import dev.parley.model.ModelException;
import dev.parley.model.catalogue.ModelSource.HubFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file on its way from the hub, cut and resumed as often as that brings it forward. */
final class HubDownload {
  private static final Logger log = LoggerFactory.getLogger(HubDownload.class);

  /** Attempts in a row that may bring nothing. */
  private static final int MOST_BARREN_ATTEMPTS = 3;

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+)");

  private final HubFiles hub;
  private final HubFile source;
  private final PartFile part;
  private final ProgressListener listener;
  private String expectedSha256;

  HubDownload(HubFiles hub, HubFile source, PartFile part, ProgressListener listener) {
    this.hub = hub;
    this.source = source;
    this.part = part;
    this.listener = listener;
    this.expectedSha256 = source.sha256();
  }

  /** From the catalogue, else from the hub; empty where neither tells. */
  String expectedSha256() {
    return expectedSha256;
  }

  void run(Duration pause) throws IOException, SourceFailure {
    boolean anythingCame = false;
    int barren = 0;
    while (true) {
      long before = part.size();
      try {
        if (attempt()) {
          return;
        }
      } catch (IOException e) {
        boolean cameNow = part.size() > before;
        anythingCame |= cameNow;
        barren = cameNow ? 0 : barren + 1;
        // a hub that has never answered is dead: the next source should not wait for it
        if (!anythingCame || barren >= MOST_BARREN_ATTEMPTS) {
          throw hub.unreachable(e);
        }
        log.info("{} cut after {} bytes: going on", source.description(), part.size());
        sleep(barren == 0 ? Duration.ZERO : pause);
      }
    }
  }

  /** Returns whether the file is whole; false asks for another attempt from the beginning. */
  private boolean attempt() throws IOException, SourceFailure {
    try (Response response = hub.open(source, part)) {
      if (source.sha256().isEmpty()) {
        // anew each time: the hub's file may have been replaced between two attempts
        expectedSha256 = linkedSha256(response).orElse(expectedSha256);
      }
      switch (response.code()) {
        case 200 -> part.restart(hub.url(source).toString(), etag(response));
        case 206 -> {
          if (rangeStart(response) != part.size()) {
            throw new SourceFailure("it sends another part of the file than was asked for");
          }
        }
        case 416 -> {
          if (size(response) == part.size()) {
            return true;
          }
          part.restart(hub.url(source).toString(), "");
          return false;
        }
        default -> throw hub.refused(source, response.code());
      }
      long total = size(response);
      DiskSpace.require(part.folder(), total - part.size());
      copy(response.body().byteStream(), total);
      return true;
    }
  }

  private void copy(InputStream in, long total) throws IOException {
    byte[] buffer = new byte[1 << 16];
    listener.progress(source.description(), part.size(), total);
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      part.write(buffer, n);
      listener.progress(source.description(), part.size(), total);
    }
    if (total > 0 && part.size() != total) {
      throw new EOFException("it sent %d of %d bytes".formatted(part.size(), total));
    }
  }

  /** Of the whole file; 0 where the server does not tell. */
  private static long size(Response response) {
    Matcher range = CONTENT_RANGE.matcher(header(response, "Content-Range"));
    return range.matches()
        ? Long.parseLong(range.group(2))
        : Math.max(0, response.body().contentLength());
  }

  private static long rangeStart(Response response) {
    Matcher range = CONTENT_RANGE.matcher(header(response, "Content-Range"));
    return range.matches() && range.group(1) != null ? Long.parseLong(range.group(1)) : -1;
  }

  /** A weak mark does not promise the same bytes (RFC 9110, section 13.1.5). */
  private static String etag(Response response) {
    String etag = header(response, "ETag");
    return etag.startsWith("W/") ? "" : etag;
  }

  /** The hub tells it in its own answer, before the redirect to the storage host. */
  private static Optional<String> linkedSha256(Response last) {
    return Stream.iterate(last, response -> response != null, Response::priorResponse)
        .map(response -> header(response, "X-Linked-Etag"))
        .map(etag -> etag.replaceFirst("^W/", "").replace("\"", "").toLowerCase(Locale.ROOT))
        .filter(etag -> etag.matches("[0-9a-f]{64}"))
        .findFirst();
  }

  private static String header(Response response, String name) {
    return Objects.requireNonNullElse(response.header(name), "");
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("The download was interrupted; it goes on where it stopped.", e);
    }
  }
}
