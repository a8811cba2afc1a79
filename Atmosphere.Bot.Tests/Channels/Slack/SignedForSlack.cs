using System.Text;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Channels.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Atmosphere.Bot.Tests.Channels.Slack;

/// <summary>A request as Slack sends it, or nearly so.</summary>
internal sealed record SignedForSlack(string Secret, string Body, string Timestamp, string Signature, long Now)
{
    private static readonly string[] _bodies =
        ["", "{}", "payload=%7B%22type%22%3A%22block_actions%22%7D", "text=ש+%C3%A9&command=%2Fatmosphere", "{\"text\":\"😀 \\u0000\"}", new string('x', 5000)];

    public static SignedForSlack Random(Random random)
    {
        var now = 1_772_352_000 + random.Next(1_000_000);
        var body = _bodies[random.Next(_bodies.Length)] + random.Next();
        var timestamp = $"{now - random.Next(-3, 8) * 60}";
        var signature = SlackSignature.Of(timestamp, Encoding.UTF8.GetBytes(body), PlayedSlack.Secret);
        var changed = random.Next(8) switch
        {
            0 => signature.Replace("v0=", "v1=", StringComparison.Ordinal),
            1 => signature[..^1] + (signature[^1] == '0' ? '1' : '0'),
            2 => signature.ToUpperInvariant().Replace("V0", "v0", StringComparison.Ordinal),
            3 => SlackSignature.Of(timestamp, Encoding.UTF8.GetBytes(body), "another-secret"),
            4 => "v0=",
            _ => signature,
        };
        return new SignedForSlack(PlayedSlack.Secret, body, timestamp, changed, now);
    }

    public bool IsTaken() =>
        Bot.Channels.Webhooks.Signature.IsRecent(Timestamp, DateTimeOffset.FromUnixTimeSeconds(Now)) && SignedBodyOf.Holds(Signature, Timestamp, Encoding.UTF8.GetBytes(Body), [Secret]);
}

/// <summary>Whether a body comes in under what its headers say, by the reader that every door has.</summary>
internal static class SignedBodyOf
{
    public static bool Holds(string signature, string timestamp, byte[] body, string[] secrets)
    {
        if (SlackSignature.Claim(signature, timestamp, secrets) is not { } claim)
            return false;
        using var bodies = new SignedBodies(Path.GetTempPath(), TimeProvider.System);
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(body);
        try
        {
            var read = bodies.ReadAsync(context, int.MaxValue, claim).GetAwaiter().GetResult();
            return read.Length == body.Length;
        }
        catch (RefusedRequestException)
        {
            return false;
        }
    }
}
