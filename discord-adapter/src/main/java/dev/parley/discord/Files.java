package dev.parley.discord;

import dev.parley.platform.IncomingMessage.Attachment;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import net.dv8tion.jda.api.entities.Message;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Reads what is attached to messages. Thread-safe. */
final class Files {
  /** More than is read of a file, to know that there is more. */
  private static final int MOST = 2 * 1024 * 1024;

  private final OkHttpClient http;

  Files(OkHttpClient http) {
    this.http = http;
  }

  List<Attachment> attachments(List<Message.Attachment> attachments) {
    return attachments.stream().map(this::attachment).toList();
  }

  private Attachment attachment(Message.Attachment file) {
    boolean media = file.isImage() || file.isVideo();
    return new Attachment(
        file.getFileName(), file.getSize(), () -> media ? new byte[0] : read(file.getUrl()));
  }

  private byte[] read(String url) throws PlatformException {
    try (Response response = http.newCall(new Request.Builder().url(url).build()).execute();
        InputStream content = response.body().byteStream()) {
      if (!response.isSuccessful()) {
        throw new PlatformException(Kind.GONE, "a file is not there: " + response.code());
      }
      return content.readNBytes(MOST);
    } catch (IOException e) {
      throw new PlatformException(
          Kind.UNREACHABLE, Duration.ZERO, "a file cannot be read: " + e.getMessage(), e);
    }
  }
}
