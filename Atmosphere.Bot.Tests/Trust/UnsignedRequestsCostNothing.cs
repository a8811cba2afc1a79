using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Whoever cannot sign is answered from the headers; what is long waits on the disk, and little of it at a time.</summary>
public sealed class UnsignedRequestsCostNothing : IAsyncLifetime
{
    private const int Promised = 900_000;

    private readonly TestClock _clock = new();
    private BotServer _server = null!;

    private string Now => $"{_clock.GetUtcNow().ToUnixTimeSeconds()}";

    public async ValueTask InitializeAsync() =>
        _server = await BotServer.StartAsync(services => services.AddSingleton<TimeProvider>(_clock), HostileDoor.Settings);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task No_door_waits_for_a_body_whose_signature_is_missing_or_malformed()
    {
        foreach (var door in HostileDoor.All)
        {
            foreach (var signature in new[] { null, "nonsense", "sha256=00", "v0=zz", new string('0', 127) })
            {
                using var request = await RawRequest.SendAsync(_server, [.. Head(door, Now), .. signature is null ? [] : new[] { $"{door.Header}: {signature}" }]);
                var answer = await request.AnswerAsync($"{door.Path} answers '{signature}' without its body");
                Assert.Matches("^HTTP/1.1 40[13] ", answer);
            }
        }
    }

    [Fact]
    public async Task No_door_waits_for_a_body_that_was_signed_long_ago()
    {
        foreach (var door in HostileDoor.All.Where(door => door.Also is not null))
        {
            using var request = await RawRequest.SendAsync(_server, [.. Head(door, "1772000000"), $"{door.Header}: {door.Sign(door.Path, "", "key")}"]);
            Assert.StartsWith("HTTP/1.1 401 ", await request.AnswerAsync($"{door.Path} answers without its body"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Few_long_bodies_are_read_at_a_time_and_the_others_are_told_to_come_back()
    {
        var door = HostileDoor.All.Single(door => door.Path == "/whatsapp/container");
        var requests = new List<RawRequest>();
        try
        {
            for (var number = 0; number <= SignedBodies.LongAtOnce; number++)
            {
                requests.Add(await RawRequest.SendAsync(_server, [.. Head(door, Now), $"{door.Header}: {door.Sign(door.Path, "", "a stranger's key")}"]));
                await requests[^1].SendAsync(new byte[SignedBodies.KeptInMemory * 2]);
            }

            await Eventually.TrueAsync(
                () =>
                {
                    _clock.Advance(TimeSpan.FromSeconds(5));
                    return requests.Any(request => request.Answer is not null);
                },
                "one too many is refused");
            var refused = Assert.Single(requests, request => request.Answer is not null);
            Assert.StartsWith("HTTP/1.1 503 ", refused.Answer, StringComparison.Ordinal);
            Assert.Contains("Retry-After: 60", refused.Answer, StringComparison.OrdinalIgnoreCase);

            // No file of theirs has a name, so that none is left behind.
            Assert.Empty(Directory.GetFiles(Path.Combine(_server.Data, "incoming")));
            var first = requests.First(request => request != refused);
            await first.SendAsync(new byte[Promised - (SignedBodies.KeptInMemory * 2)]);
            Assert.StartsWith("HTTP/1.1 401 ", await first.AnswerAsync("it is read to its end"), StringComparison.Ordinal);
        }
        finally
        {
            requests.ForEach(request => request.Dispose());
        }
    }

    [Fact]
    public async Task A_body_that_never_ends_gives_its_place_back()
    {
        var door = HostileDoor.All.Single(door => door.Path == "/whatsapp/waha");
        using var request = await RawRequest.SendAsync(_server, [.. Head(door, Now), $"{door.Header}: {new string('0', 128)}"]);
        await request.SendAsync(new byte[SignedBodies.KeptInMemory * 2]);
        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(30));
                return request.Answer is not null;
            },
            "it is not waited for");
        Assert.StartsWith("HTTP/1.1 408 ", request.Answer, StringComparison.Ordinal);
    }

    private static string[] Head(HostileDoor door, string now) =>
    [
        $"POST {door.Path} HTTP/1.1", $"Content-Type: {door.ContentType}", $"Content-Length: {Promised}",
        .. door.Also is { } also ? new[] { $"{also.Name}: {now}" } : [],
    ];
}
