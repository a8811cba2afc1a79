using System.Net;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.Delivery;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Channels.WhatsApp.Conversations;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Recognition.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Twilio.Rest.Api.V2010.Account;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>What Twilio's SDK would lose of an answer, at the wire.</summary>
public sealed class TwilioApiTests : IAsyncLifetime
{
    private const string Phone = "whatsapp:+15551234567";

    private readonly ServiceProvider _services = Services();
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;
    private LocalVendor _vendor = null!;
    private int _calls;

    public async ValueTask InitializeAsync() => _vendor = await LocalVendor.StartAsync(context =>
    {
        _calls++;
        return _answer(context);
    });

    public async ValueTask DisposeAsync()
    {
        await _vendor.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "7", 7)]
    [InlineData(503, null, 0)]
    public async Task Later_keeps_what_Twilio_asks_for_and_is_not_tried_again(int status, string? retryAfter, int rest)
    {
        Answer(status, "<html>Try again</html>", retryAfter);
        var later = await Assert.ThrowsAsync<TryLaterException>(() => CreateAsync());
        Assert.Equal((TimeSpan.FromSeconds(rest), false, 1), (later.Rest, later.MayHaveHappened, _calls));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    public async Task A_failure_of_the_server_says_nothing_of_the_message(int status)
    {
        Answer(status, """{"code":20500,"message":"to whatsapp:+15551234567","status":500}""");
        var unknown = await Assert.ThrowsAsync<HttpRequestException>(() => CreateAsync());
        Assert.Equal((HttpStatusCode)status, unknown.StatusCode);
        Assert.DoesNotContain("15551234567", $"{unknown}", StringComparison.Ordinal);
        Assert.Equal(1, _calls);
    }

    [Theory]
    [InlineData(400, """{"code":21211,"message":"to whatsapp:+15551234567","status":400}""", UndeliveredKind.ForGood, "(Twilio error 21211)")]
    [InlineData(400, "<html>no</html>", UndeliveredKind.ForGood, "400 without a number")]
    [InlineData(302, "", UndeliveredKind.ForGood, "302 without a number")]
    [InlineData(401, "", UndeliveredKind.ForNow, "(Twilio error 20003)")]
    public async Task A_refusal_is_told_by_its_number_and_without_the_phone(int status, string body, object kind, string reason)
    {
        Answer(status, body);
        var refusal = await Assert.ThrowsAsync<UndeliveredException>(() => CreateAsync());
        Assert.Equal(kind, refusal.Undelivered.Kind);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("15551234567", $"{refusal}", StringComparison.Ordinal);
        Assert.Equal(1, _calls);
    }

    [Theory]
    [InlineData("<html>A portal</html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_answer_that_is_not_Twilios_leaves_open_whether_the_message_was_taken(string body)
    {
        Answer(200, body);
        await Assert.ThrowsAsync<HttpRequestException>(() => CreateAsync());
    }

    [Theory]
    [InlineData("<html>A portal</html>")]
    [InlineData("{}")]
    [InlineData("""{"messages":[{"body":"hello"}]}""")]
    [InlineData("""{"messages":[{"sid":"SM1","date_created":"yesterday"}]}""")]
    public async Task A_list_that_is_not_Twilios_is_asked_for_again(string body)
    {
        Answer(200, body);
        var later = await Assert.ThrowsAsync<TryLaterException>(() => new TwilioMessages(Api()).ListAsync(Phone, Phone, CancellationToken.None));
        Assert.True(later.MayHaveHappened);
    }

    [Fact]
    public async Task A_list_is_read_by_Twilios_dates_whatever_the_zone_of_this_machine()
    {
        Answer(200, """
            {"messages":[{"sid":"SM2","body":"later","direction":"outbound-api","status":"queued","date_created":"Mon, 30 Nov 2026 20:15:31 +0000"},
            {"sid":"SM1","body":null,"direction":"inbound","status":"received","date_created":"Mon, 30 Nov 2026 20:15:30 +0000"},
            {"sid":"SM0","body":"first","direction":"outbound-api","status":"undelivered","date_created":"Mon, 30 Nov 2026 20:15:29 +0000"}]}
            """);
        var page = await new TwilioMessages(Api()).ListAsync(Phone, Phone, CancellationToken.None);
        Assert.Equal([("SM2", true), ("SM1", false), ("SM0", false)], page.Messages.Select(message => (message.Sid, message.IsUnderWay)));
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 20, 15, 31, TimeSpan.Zero), page.Messages[0].Created);
        Assert.False(page.IsFull);
    }

    [Fact]
    public async Task A_call_ends_when_its_caller_stops_and_when_its_time_is_over()
    {
        var arrived = new TaskCompletionSource();
        _answer = async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        using var stop = new CancellationTokenSource();
        var call = CreateAsync(cancellation: stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        var slow = await Assert.ThrowsAsync<HttpRequestException>(() => CreateAsync(timeout: TimeSpan.FromMilliseconds(50)));
        Assert.Contains("did not answer within", slow.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_was_not_asked()
    {
        var settings = Settings();
        settings.ApiBaseUrl = "http://127.0.0.1:9/";
        var api = new TwilioApi(_services.GetRequiredService<IHttpClientFactory>(), Options.Create(settings), TimeProvider.System);
        var later = await Assert.ThrowsAsync<TryLaterException>(() =>
            new TwilioMessages(api).CreateAsync(new CreateMessageOptions(Phone) { From = Phone, Body = "hello" }, CancellationToken.None));
        Assert.False(later.MayHaveHappened);
    }

    [Fact]
    public async Task A_page_elsewhere_is_not_asked_with_our_token()
    {
        await using var stranger = await LocalVendor.StartAsync(_ => throw new InvalidOperationException("The stranger was called."));
        Answer(200, """{"participants":[],"meta":{"page":0,"page_size":1,"url":"","first_page_url":"","previous_page_url":null,"next_page_url":"NEXT"}}"""
            .Replace("NEXT", $"{stranger.Address}v1/x", StringComparison.Ordinal));
        using var media = new TwilioMedia(Options.Create(Settings()), NullLogger<TwilioMedia>.Instance);
        var carrier = new ConversationsCarrier(Api(), media, Options.Create(Settings()));
        await Assert.ThrowsAsync<HttpRequestException>(() => carrier.MembersAsync("CH1", CancellationToken.None));
        Assert.Equal(1, _calls);
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddVendorClient(nameof(TwilioApi));
        return services.BuildServiceProvider();
    }

    private void Answer(int status, string body, string? retryAfter = null) => _answer = context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    };

    private TwilioOptions Settings(TimeSpan? timeout = null) => new()
    {
        AccountSid = TwilioWebhook.Account,
        AuthToken = TwilioWebhook.Token,
        ApiBaseUrl = $"{_vendor.Address}",
        ConversationsBaseUrl = $"{_vendor.Address}",
        Timeout = timeout ?? TimeSpan.FromSeconds(30),
    };

    private TwilioApi Api(TimeSpan? timeout = null) =>
        new(_services.GetRequiredService<IHttpClientFactory>(), Options.Create(Settings(timeout)), TimeProvider.System);

    private Task<string> CreateAsync(TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        new TwilioMessages(Api(timeout)).CreateAsync(new CreateMessageOptions(Phone) { From = Phone, Body = "hello" }, cancellation);
}
