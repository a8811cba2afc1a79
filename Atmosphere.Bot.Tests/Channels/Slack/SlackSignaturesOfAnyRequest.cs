using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Tests.Fixtures;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Atmosphere.Bot.Tests.Channels.Slack;

public sealed class SlackSignaturesOfAnyRequest
{
    private static readonly Gen<byte[]> _body = Gen.Choose(0, 255).Select(one => (byte)one).ArrayOf();

    private static readonly Gen<string> _timestamp = Gen.Choose(1_700_000_000, 1_900_000_000).Select(second => $"{second}");

    [Property(MaxTest = 500)]
    public Property What_one_of_the_secrets_signed_holds_and_nothing_that_was_changed() => Prop.ForAll(
        (from body in _body from timestamp in _timestamp from at in Gen.Choose(0, body.Length) from bit in Gen.Choose(0, 7) select (body, timestamp, at, bit)).ToArbitrary(),
        request =>
        {
            var (body, timestamp, at, bit) = request;
            var signature = SlackSignature.Of(timestamp, body, "new");
            Assert.True(SignedBodyOf.Holds(signature, timestamp, body, ["old", "new"]));
            Assert.True(SignedBodyOf.Holds(signature, timestamp, body, ["new", "old"]));
            Assert.False(SignedBodyOf.Holds(signature, timestamp, body, ["old"]));
            Assert.False(SignedBodyOf.Holds(signature, timestamp + "0", body, ["new"]));

            // One bit more, or one that is another.
            byte[] changed = at == body.Length ? [.. body, (byte)(1 << bit)] : [.. body[..at], (byte)(body[at] ^ (1 << bit)), .. body[(at + 1)..]];
            Assert.False(SignedBodyOf.Holds(signature, timestamp, changed, ["new"]));
            Assert.False(SignedBodyOf.Holds(signature[..^1], timestamp, body, ["new"]));
        });

    [Property(MaxTest = 500)]
    public Property A_request_is_recent_within_five_minutes_on_either_side() => Prop.ForAll(
        Gen.Choose(-700, 700).Or(Gen.Elements(-301, -300, 300, 301)).ToArbitrary(), apart =>
        Assert.Equal(apart is >= -300 and <= 300, Signature.IsRecent($"{TestClock.Start.ToUnixTimeSeconds() + apart}", TestClock.Start)));
}
