package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;

/** A certification authority of a test's own, made with Java's keytool. */
public final class TestAuthority {

  private static final String ROOT = "root";
  private static final char[] PASSWORD = "not-a-secret".toCharArray();
  private static final String LINE_END = "\n";

  private final Path store;
  private final Path folder;

  private TestAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
  }

  public static TestAuthority in(Path folder) throws Exception {
    var authority = new TestAuthority(folder);
    authority.keytool(
        "-genkeypair", "-alias", ROOT, "-dname", "CN=Test Authority", "-ext", "bc:c=ca:true");
    return authority;
  }

  /** What a receiver of these names shows: {@code ip:127.0.0.1} or {@code dns:hooks.example}. */
  public SSLServerSocketFactory receiver(String... names) throws Exception {
    return receiver(List.of("-validity", "90"), names);
  }

  /** The same, good for a week that is over. */
  SSLServerSocketFactory expired(String... names) throws Exception {
    return receiver(List.of("-startdate", "-30d", "-validity", "7"), names);
  }

  /** The authority's own certificate, for whoever is to trust it. */
  public Path pem() throws IOException, GeneralSecurityException {
    return pem(ROOT);
  }

  private Path pem(String alias) throws IOException, GeneralSecurityException {
    var encoder = Base64.getMimeEncoder(64, LINE_END.getBytes(US_ASCII));
    var certificate = (X509Certificate) keys().getCertificate(alias);
    return Files.writeString(
        folder.resolve(alias + ".pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + encoder.encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private SSLServerSocketFactory receiver(List<String> validity, String... names) throws Exception {
    String alias = "receiver-" + keys().size();
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("-genkeypair", "-alias", alias, "-signer", ROOT));
    arguments.addAll(List.of("-dname", "CN=receiver", "-ext", "san=" + String.join(",", names)));
    arguments.addAll(validity);
    keytool(arguments.toArray(String[]::new));

    KeyStore all = keys();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private void keytool(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", new String(PASSWORD), "-keyalg", "EC"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
