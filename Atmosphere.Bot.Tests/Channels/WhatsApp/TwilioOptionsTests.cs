using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

public sealed class TwilioOptionsTests
{
    [Fact]
    public void Nothing_and_everything_are_fine()
    {
        Assert.Empty(new TwilioOptions().AllProblems());
        Assert.Empty(Whole().AllProblems());
    }

    [Fact]
    public void What_is_half_or_wrong_is_said_with_its_key_and_the_remedy()
    {
        (string Key, TwilioOptions Options)[] cases =
        [
            ("AccountSid", new TwilioOptions { AuthToken = "token" }),
            ("AccountSid", new TwilioOptions { From = "+15550000000" }),
            ("AccountSid", Whole(options => options.AccountSid = "my account")),
            ("AuthToken", Whole(options => options.AuthToken = null)),
            ("AuthToken", Whole(options => options.AuthToken = "with a space")),
            ("PublicUrl", Whole(options => options.PublicUrl = null)),
            ("PublicUrl", Whole(options => options.PublicUrl = "bot.example.org")),
            ("From", Whole(options => options.From = "0555-1234")),
            ("Proxies", Whole(options => options.TrustForwardedHeaders = true)),
            ("Proxies", Whole(options => options.Proxies = ["proxy.example.org"])),
            ("ApiBaseUrl", Whole(options => options.ApiBaseUrl = "http://api.example.org/")),
            ("MediaBaseUrl", Whole(options => options.MediaBaseUrl = "https://media.example.org")),
            ("MediaHosts", Whole(options => options.MediaHosts = ["not a host"])),
            ("Timeout", Whole(options => options.Timeout = TimeSpan.Zero)),
            ("MessagesPerMinute", Whole(options => options.MessagesPerMinute = 0)),
            ("MessagesPerHour", Whole(options => options.MessagesPerHour = 1_000_000)),
        ];
        foreach (var (key, options) in cases)
            Assert.StartsWith($"Atmosphere:Channels:WhatsApp:Twilio:{key}", Assert.Single(options.AllProblems()), StringComparison.Ordinal);
    }

    private static TwilioOptions Whole(Action<TwilioOptions>? change = null)
    {
        var options = new TwilioOptions
        {
            AccountSid = TwilioWebhook.Account,
            AuthToken = TwilioWebhook.Token,
            From = TwilioWebhook.Own,
            PublicUrl = TwilioWebhook.PublicUrl,
        };
        change?.Invoke(options);
        return options;
    }
}
