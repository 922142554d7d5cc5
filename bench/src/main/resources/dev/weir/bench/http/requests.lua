-- Sends the requests of a file in turns: a path, or a path and a body to post. They are formatted
-- once, so that the generator costs little. Prints one line that Wrk.java reads.
local requests = {}
local current = 0

function init(args)
  for line in io.lines(os.getenv("WEIR_BENCH_REQUESTS")) do
    local path, body = line:match("^(%S+) (.+)$")
    if body then
      requests[#requests + 1] = wrk.format("POST", path, {["Content-Type"] = "application/json"}, body)
    else
      requests[#requests + 1] = wrk.format("GET", line)
    end
  end
end

function request()
  current = current % #requests + 1
  return requests[current]
end

function done(summary, latency, counts)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("outcome %d %.1f %.3f %.3f %d\n", summary.requests,
    summary.requests * 1e6 / summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000, failures))
end
