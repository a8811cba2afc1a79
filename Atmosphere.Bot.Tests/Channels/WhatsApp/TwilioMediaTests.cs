using Atmosphere.Bot.Channels;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Tests.Flows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

public sealed class TwilioMediaTests : IAsyncLifetime
{
    private MediaVendor _vendor = null!;

    public async ValueTask InitializeAsync() => _vendor = await MediaVendor.StartAsync();

    public ValueTask DisposeAsync() => _vendor.DisposeAsync();

    [Fact]
    public async Task A_file_is_fetched_and_the_token_is_not_shown_where_the_api_redirects_to()
    {
        using var media = Media();
        Assert.Equal(RecognitionHost.Sample(1), await media.FetchAsync(File(new Uri(_vendor.Api, "photo")), default));
        Assert.Equal(["api /photo with the token", "store /photo"], _vendor.Asked);
    }

    [Theory]
    [InlineData("404", FileFailure.Missing)]
    [InlineData("410", FileFailure.Missing)]
    [InlineData("401", FileFailure.Missing)]
    [InlineData("large", FileFailure.TooLarge)]
    [InlineData("circle", FileFailure.Missing)]
    [InlineData("stranger", FileFailure.Missing)]
    [InlineData("file", FileFailure.Missing)]
    [InlineData("key", FileFailure.Missing)]
    public async Task What_cannot_be_had_is_not_tried_again(string path, object failure)
    {
        using var media = Media();
        var refused = await Assert.ThrowsAsync<FileUnavailableException>(() => media.FetchAsync(File(new Uri(_vendor.Api, path)), default));
        Assert.Equal((FileFailure)failure, refused.Failure);
        Assert.DoesNotContain(_vendor.Asked, asked => asked.EndsWith("with a token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("429")]
    [InlineData("500")]
    [InlineData("503")]
    public async Task What_fails_for_a_while_is_tried_again_by_the_step(string path)
    {
        using var media = Media();
        await Assert.ThrowsAsync<HttpRequestException>(() => media.FetchAsync(File(new Uri(_vendor.Api, path)), default));
    }

    [Theory]
    [InlineData("https://stranger.example/photo")]
    [InlineData("https://api.twilio.com.stranger.example/photo")]
    [InlineData("https://api.twilio.com@stranger.example/photo")]
    [InlineData("https://user:word@api.twilio.com/photo")]
    [InlineData("http://api.twilio.com/photo")]
    [InlineData("https://api.twilio.com:8443/photo")]
    [InlineData("https://s3-external-1.amazonaws.com/bucket-of-a-stranger/photo")]
    [InlineData("https://s3-external-1.amazonaws.com/media.twiliocdn.com/../bucket-of-a-stranger/photo")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/photo")]
    [InlineData("http://127.0.0.1/photo")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://api.twilio.com/photo")]
    [InlineData("photo")]
    [InlineData("")]
    public async Task Only_Twilios_addresses_are_called(string url)
    {
        using var media = new TwilioMedia(Options.Create(new TwilioOptions()), NullLogger<TwilioMedia>.Instance);
        await Assert.ThrowsAsync<FileUnavailableException>(() => media.FetchAsync(new IncomingFile("", "image/jpeg", Url: url, Origin: "twilio"), default));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to(string host)
    {
        var options = new TwilioOptions { MediaHosts = [$"{host}:{_vendor.Api.Port}"] };
        using var media = new TwilioMedia(Options.Create(options), NullLogger<TwilioMedia>.Instance);
        var refused = await Assert.ThrowsAsync<FileUnavailableException>(() => media.FetchAsync(File(new Uri($"https://{host}:{_vendor.Api.Port}/photo")), default));
        Assert.Contains("lies where nothing may be called", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_vendor.Asked);
    }

    private static IncomingFile File(Uri url) => new("", "image/jpeg", Url: url.ToString(), Origin: "twilio");

    private TwilioMedia Media() => new(
        Options.Create(new TwilioOptions
        {
            AccountSid = TwilioWebhook.Account,
            AuthToken = TwilioWebhook.Token,
            ApiBaseUrl = _vendor.Api.ToString(),
            MediaHosts = ["127.0.0.1"],
            AllowPrivateTargets = true,
        }),
        NullLogger<TwilioMedia>.Instance);
}
