#!/usr/bin/env ruby
# frozen_string_literal: true

# How a Rails shop asks Kindred what to show. Needs nothing but Ruby's own library: put the class into app/services,
# with the address and the key in the credentials. Run as a program it asks both questions once:
#
#   KINDRED_URL=http://localhost:8080 KINDRED_API_KEY=… ruby example.rb USER_ID GEO_ID
require 'json'
require 'net/http'
require 'uri'

# Asks for a storefront's lists. Shows nothing rather than break a page: what goes wrong is logged and answered with an
# empty list.
class KindredStorefront
  # The server refused, and says why.
  class Refused < StandardError; end

  BROKEN = [SystemCallError, SocketError, Timeout::Error, EOFError, Net::ProtocolError].freeze
  TRIES = 2

  def initialize(url:, api_key:, timeout: 1, logger: nil)
    @url = URI(url)
    @api_key = api_key
    @timeout = timeout
    @logger = logger
  end

  # What this visitor should see next: ids in the form that the catalogue has them.
  def personalized(user_id:, geo_id:, filters: {}, page: 1, limit: 20)
    items('/personalized', user_id: user_id, geo_id: geo_id, filters: filters, pagination: { page: page, limit: limit })
  end

  # What is popular with people like this; with a user_id, what they liked is left out.
  def popular(geo_id:, gender: nil, age: nil, category: nil, user_id: nil, filters: {}, page: 1, limit: 20)
    params = { geo_id: geo_id, gender: gender, age: age, category: category }.compact
    body = { user_params: params, user_id: user_id, filters: filters, pagination: { page: page, limit: limit } }
    items('/popular', **body.compact)
  end

  # Says who a visitor is; it counts in the next answer. Raises Refused for what makes no sense.
  def profile(user_id, gender: nil, age_group: nil, locale: nil, geo_id: nil)
    body = { gender: gender, age_group: age_group, locale: locale, geo_id: geo_id }.compact
    call(Net::HTTP::Put.new("/user-profile/#{URI.encode_www_form_component(user_id).gsub('+', '%20')}"), body)
  end

  private

  def items(path, **body)
    call(Net::HTTP::Post.new(path), body).fetch('items')
  rescue Refused, *BROKEN => e
    @logger&.warn("kindred: #{e.message}")
    []
  end

  # Both questions only read, and a profile may be said twice: trying again is safe.
  def call(request, body)
    tries = 0
    begin
      tries += 1
      answer = send_once(request, body)
    rescue *BROKEN
      retry if tries < TRIES
      raise
    end
    parsed = JSON.parse(answer.body)
    return parsed if answer.is_a?(Net::HTTPSuccess)

    raise Refused, "#{answer.code} #{parsed.dig('error', 'code')}: #{parsed.dig('error', 'message')}"
  rescue JSON::ParserError
    raise Refused, "#{answer.code}: not an answer of Kindred's"
  end

  def send_once(request, body)
    request['X-API-Key'] = @api_key
    request['Content-Type'] = 'application/json'
    request.body = JSON.generate(body)
    Net::HTTP.start(@url.host, @url.port, use_ssl: @url.scheme == 'https',
                                          open_timeout: @timeout, read_timeout: @timeout, max_retries: 0) do |http|
      http.request(request)
    end
  end
end

if $PROGRAM_NAME == __FILE__
  require 'logger'

  user_id, geo_id = ARGV
  abort 'usage: ruby example.rb USER_ID GEO_ID' unless geo_id

  shop = KindredStorefront.new(
    url: ENV.fetch('KINDRED_URL', 'http://localhost:8080'),
    api_key: ENV.fetch('KINDRED_API_KEY'),
    timeout: 10,
    logger: Logger.new($stderr)
  )
  shop.profile(user_id, gender: 'f', geo_id: geo_id)
  puts "for #{user_id}: #{shop.personalized(user_id: user_id, geo_id: geo_id, limit: 5).inspect}"
  puts "popular:  #{shop.popular(geo_id: geo_id, gender: 'f', filters: { price_to: 100 }, limit: 5).inspect}"
end
