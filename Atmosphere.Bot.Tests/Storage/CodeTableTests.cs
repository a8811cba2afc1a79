using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Storage;

public sealed class CodeTableTests : IAsyncLifetime
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(48);
    private static readonly PersonId _maya = new("maya");

    private readonly TestClock _clock = new();
    private RecognitionHost _host = null!;
    private CodeTable _codes = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false, _clock);
        _codes = new CodeTable(_clock);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_code_works_again_for_whoever_typed_it_but_only_until_its_time_is_over()
    {
        var code = await CreateAsync();
        Assert.NotNull(await UseAsync(code, "father"));
        Assert.NotNull(await UseAsync(code, "father"));
        Assert.NotNull(await FindAsync(code, "father"));
        Assert.Null(await UseAsync(code, "stranger"));
        Assert.True(await IsHeldAsync("father"));

        _clock.Advance(_lifetime);

        Assert.Null(await UseAsync(code, "father"));
        Assert.Null(await FindAsync(code, "father"));
        Assert.False(await IsHeldAsync("father"));
    }

    [Fact]
    public async Task A_new_code_spends_the_unused_ones_and_not_the_one_that_somebody_is_about_to_join_with()
    {
        var (typed, unused) = (await CreateAsync(), await CreateAsync());
        Assert.NotNull(await UseAsync(typed, "father"));

        Assert.Equal(1, await _host.Database.WriteAsync(session => _codes.SpendUnusedAsync(session, CodeKind.Share, _maya)));

        Assert.Null(await UseAsync(unused, "grandmother"));
        Assert.NotNull(await UseAsync(typed, "father"));
        await _host.Database.WriteAsync(session => CodeTable.SpendAsync(session, CodeKind.Share, _maya, "father"));
        Assert.Null(await UseAsync(typed, "father"));
        Assert.False(await IsHeldAsync("father"));
    }

    private Task<string> CreateAsync() =>
        _host.Database.WriteAsync(session => _codes.CreateAsync(session, new Code(CodeKind.Share, null, _maya, "{}"), _lifetime));

    private Task<Code?> UseAsync(string code, string by) => _host.Database.WriteAsync(session => _codes.UseAsync(session, CodeKind.Share, code, by));

    private Task<Code?> FindAsync(string code, string by) => _host.Database.ReadAsync(session => _codes.FindAsync(session, CodeKind.Share, code, by));

    private Task<bool> IsHeldAsync(string by) => _host.Database.ReadAsync(session => _codes.IsHeldAsync(session, CodeKind.Share, _maya, by));
}
