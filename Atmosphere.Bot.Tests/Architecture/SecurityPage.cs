using System.Reflection;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Tests.Fixtures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>SECURITY.md names every door of the program, and tests that exist.</summary>
public sealed partial class SecurityPage
{
    private static readonly string _page = File.ReadAllText(Path.Combine(
        typeof(SecurityPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "SolutionRoot").Value!, "SECURITY.md"));

    [Fact]
    public async Task Every_route_of_the_program_is_a_door_of_the_page_and_the_other_way_round()
    {
        await using var server = await BotServer.StartAsync();
        var mapped = (from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                      from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
                      select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}").ToHashSet(StringComparer.Ordinal);
        var written = Route().Matches(_page).Select(route => route.Groups[1].Value).ToList();
        Assert.Empty(mapped.Except(written));
        Assert.Empty(written.Except(mapped));
    }

    [Fact]
    public void Every_row_of_a_table_names_tests_that_exist()
    {
        var tests = typeof(SecurityPage).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.GetCustomAttributes<FactAttribute>().Any())).Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var rows = _page.Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal)).ToList();
        var headings = rows.Where(row => row.EndsWith("| shown by |", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, headings.Count);

        foreach (var row in rows.Except(headings))
        {
            var named = Code().Matches(row.TrimEnd('|', ' ').Split('|')[^1]).Select(name => name.Groups[1].Value).ToList();
            Assert.All(named, name => Assert.True(tests.Contains(name), $"There are no tests called {name}: {row}"));
            // Nothing stands between an operator and the data: that is the row.
            Assert.True(named.Count > 0 || row.StartsWith("| operator |", StringComparison.Ordinal), $"No test shows this: {row}");
        }
    }

    [GeneratedRegex("`((?:GET|HEAD|POST|PUT|PATCH|DELETE|ANY) /[^`]*)`")]
    private static partial Regex Route();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Code();
}
