package dev.kindred.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.InvalidRequest;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a webhook may reach. */
class AddressesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "::ffff:0:192.168.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:0001::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1"
      })
  void what_is_not_the_open_internet_is_closed(String address) throws Exception {
    assertThat(Addresses.isOpen(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.167.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:82a::200e",
        "64:ff9b::101:101",
        "2002:0101:0101::",
        "::ffff:8.8.8.8"
      })
  void the_open_internet_is_open(String address) throws Exception {
    assertThat(Addresses.isOpen(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void a_name_is_refused_if_one_of_its_addresses_is_closed() {
    var open = InetAddress.ofLiteral("1.1.1.1");
    var closed = InetAddress.ofLiteral("10.0.0.1");
    var addresses = new Addresses(_ -> new InetAddress[] {open, closed}, false);

    assertThatThrownBy(() -> addresses.of(Target.of("https://shop.example/")))
        .isInstanceOf(ForbiddenAddress.class);
  }

  @Test
  void an_address_that_is_written_out_is_refused_at_once_in_every_spelling() {
    var addresses = Addresses.of(false);
    for (String url :
        List.of(
            "http://127.0.0.1/",
            "https://[::1]:8443/x",
            "http://[::ffff:7f00:1]/",
            "http://169.254.169.254/latest/meta-data",
            "http://127.1/")) {
      assertThatThrownBy(() -> addresses.requireAllowed(Target.of(url)))
          .as(url)
          .isInstanceOf(InvalidRequest.class);
    }
    assertThatCode(() -> addresses.requireAllowed(Target.of("https://1.1.1.1/x")))
        .doesNotThrowAnyException();
    assertThatCode(() -> Addresses.of(true).requireAllowed(Target.of("http://127.0.0.1/")))
        .doesNotThrowAnyException();
  }

  @Test
  void an_address_is_taken_apart_as_it_goes_over_the_wire() {
    assertThat(Target.of("https://shop.example/a%20b?c=d"))
        .isEqualTo(new Target(true, "shop.example", 443, "/a%20b?c=d"));
    assertThat(Target.of("http://Shop.Example.:8080"))
        .isEqualTo(new Target(false, "Shop.Example", 8080, "/"));
    assertThat(Target.of("https://m\u00fcller.example/\u00fc"))
        .isEqualTo(new Target(true, "xn--mller-kva.example", 443, "/%C3%BC"));
    assertThat(Target.of("http://[2606:4700::1]:81/").authority()).isEqualTo("[2606:4700::1]:81");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example/hook",
        "ftp://shop.example/",
        "https://",
        "https:///path",
        "https://user:secret@shop.example/",
        "https://shop.example/#part",
        "https://shop.example:0/",
        "https://shop.example:70000/",
        "https://shop.example/\r\nX-Injected: yes",
        "https://a b/"
      })
  void what_is_no_address_is_refused(String url) {
    assertThatThrownBy(() -> Target.of(url)).isInstanceOf(InvalidRequest.class);
  }
}
