using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Tests.Channels.WhatsApp;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Unsigned requests are refused after reading the headers; long bodies are buffered on disk, a few at a time.</summary>
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
        using var bodies = new SignedBodies(_server.Data, _clock);
        var begun = Enumerable.Range(0, SignedBodies.LongAtOnce).Select(_ => new Unended()).ToList();
        var reading = begun.Select(body => bodies.ReadAsync(body.Context, Promised)).ToList();
        var late = new Unended();
        var refused = bodies.ReadAsync(late.Context, Promised);

        _clock.Advance(TimeSpan.FromSeconds(20));
        var error = await Assert.ThrowsAsync<RefusedRequestException>(() => refused);
        Assert.Equal((503, "60"), (error.Status, $"{late.Context.Response.Headers.RetryAfter}"));

        // No file of theirs has a name, so that none is left behind; who has a place is read to the end.
        begun.ForEach(body => body.End());
        foreach (var body in reading)
        {
            await using var read = await body;
            Assert.Equal(Unended.Length, read.Length);
        }

        Assert.Empty(Directory.GetFiles(Path.Combine(_server.Data, "incoming")));
        var next = new Unended();
        next.End();
        await using var free = await bodies.ReadAsync(next.Context, Promised);
        Assert.Equal(new byte[Unended.Length], await free.ToArrayAsync());
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

    /// <summary>A long body whose end is kept back.</summary>
    private sealed class Unended : MemoryStream
    {
        public new const int Length = SignedBodies.KeptInMemory * 2;

        private readonly TaskCompletionSource _end = new();

        public Unended()
            : base(new byte[Length]) => Context.Request.Body = this;

        public DefaultHttpContext Context { get; } = new();

        public void End() => _end.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
                await _end.Task.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
