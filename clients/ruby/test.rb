#!/usr/bin/env ruby
# frozen_string_literal: true

# Tests example.rb against a real server: './kindred clients test ruby'. On Ruby's own library alone, like the example.
require_relative 'example'
require 'fileutils'
require 'logger'
require 'securerandom'
require 'stringio'

SERVER = URI(ENV.fetch('KINDRED_TEST_URL'))

# A shop of its own for each test: a tenant, a key that opens it, and a client that uses the key.
class Shop
  attr_reader :client, :log, :tenant

  def initialize
    @tenant = "ruby-#{SecureRandom.hex(8)}"
    @log = StringIO.new
    made = call('/api/v1/keys', { kind: 'server', tenant_id: @tenant }, ENV.fetch('KINDRED_TEST_KEY'))
    @key = made.fetch('key')
    @client = KindredStorefront.new(url: SERVER.to_s, api_key: @key, timeout: 10, logger: Logger.new(@log))
  end

  def present(id, category:, price:)
    call('/api/v1/entities', { entity_id: id.to_s, entity_type: 'present',
                               attributes: { category: category, price: price, geo_id: 213 } })
  end

  def likes(user, present)
    call('/api/v1/interactions', { user_id: user.to_s, entity_id: present.to_s, entity_type: 'present',
                                   interaction_type: 'like' })
  end

  private

  def call(path, body, key = @key)
    request = Net::HTTP::Post.new(path, 'X-API-Key' => key, 'Content-Type' => 'application/json')
    request.body = JSON.generate(body)
    answer = Net::HTTP.start(SERVER.host, SERVER.port) { |http| http.request(request) }
    raise "#{path} answered #{answer.code}: #{answer.body}" unless answer.is_a?(Net::HTTPSuccess)

    JSON.parse(answer.body)
  end
end

# Each method that begins with 'it_' or 'what_' or 'when_' is a test.
class StorefrontTests
  def initialize
    @shop = Shop.new
    { 1 => ['books', 10], 2 => ['books', 20], 3 => ['toys', 30], 4 => ['toys', 40] }.each do |id, (category, price)|
      @shop.present(id, category: category, price: price)
    end
  end

  def it_shows_everybody_what_is_there_with_whole_numbers_as_ids
    equal [1, 2, 3, 4], @shop.client.popular(geo_id: 213, gender: 'f', age: '25-34').sort
  end

  def what_was_liked_is_left_out_and_what_is_like_it_comes_first
    @shop.likes(7, 1)
    equal 2, @shop.client.personalized(user_id: 7, geo_id: 213).first
    equal [2, 3, 4], @shop.client.popular(geo_id: 213, user_id: 7).sort
  end

  def it_filters_and_turns_pages
    equal [2, 3], @shop.client.popular(geo_id: 213, filters: { price_from: 15, price_to: 35 }).sort
    pages = [1, 2].map { |page| @shop.client.popular(geo_id: 213, page: page, limit: 2) }
    equal [2, 2], pages.map(&:size)
    equal [1, 2, 3, 4], pages.flatten.sort
  end

  def it_says_who_a_visitor_is_and_is_told_what_makes_no_sense
    equal 'f', @shop.client.profile('someone/else', gender: 'female').fetch('gender')
    @shop.client.profile(7, gender: 'purple')
    raise 'nonsense was taken'
  rescue KindredStorefront::Refused => e
    raise "'422' is not in: #{e.message}" unless e.message.start_with?('422')
  end

  def when_it_is_refused_the_page_is_empty_and_the_log_says_why
    equal [], @shop.client.popular(geo_id: 213, filters: { price_from: -1 })
    raise "'422' is not in: #{@shop.log.string}" unless @shop.log.string.include?('422')
  end

  def when_nobody_answers_the_page_is_empty
    closed = TCPServer.new('127.0.0.1', 0)
    port = closed.addr[1]
    closed.close
    log = StringIO.new
    nobody = KindredStorefront.new(url: "http://127.0.0.1:#{port}", api_key: 'k', logger: Logger.new(log))
    equal [], nobody.personalized(user_id: 7, geo_id: 213)
    raise 'the log says nothing' if log.string.empty?
  end

  private

  def equal(expected, actual)
    raise "expected #{expected.inspect}, got #{actual.inspect}" unless expected == actual
  end
end

names = StorefrontTests.public_instance_methods(false)
failures = names.to_h { |name| [name, nil] }
names.each do |name|
  StorefrontTests.new.public_send(name)
rescue StandardError => e
  failures[name] = e.message
  warn "#{name}: #{e.message}"
end

# In the form in which ./kindred test counts them.
cases = failures.map do |name, why|
  said = why&.gsub(/[&<>]/, '&' => '&amp;', '<' => '&lt;', '>' => '&gt;')
  "<testcase classname=\"ruby\" name=\"#{name}\">\n#{"<failure>#{said}</failure>\n" if said}</testcase>\n"
end
failed = failures.values.compact.size
report = File.join(__dir__, 'target/surefire-reports/TEST-ruby.xml')
FileUtils.mkdir_p(File.dirname(report))
File.write(report, "<testsuite name=\"ruby\" tests=\"#{names.size}\" errors=\"0\" skipped=\"0\" failures=\"#{failed}\">\n" \
                   "#{cases.join}</testsuite>\n")
puts "ruby: #{names.size - failed} passed, #{failed} failed"
exit failed.zero?
