using System.Reflection;
using System.Text.RegularExpressions;

namespace GnMlNet.Tests.EstimatorChecks;

/// <summary>The checks of scikit-learn, the tests that are named after them and the page about both.</summary>
public partial class ListOfChecksTests
{
    // What check_estimator of scikit-learn 1.8 yields for a regressor, whatever its tags.
    private static readonly string[] Checks =
    [
        // Of every estimator's interface.
        "check_estimator_cloneable",
        "check_estimator_tags_renamed",
        "check_valid_tag_types",
        "check_estimator_repr",
        "check_no_attributes_set_in_init",
        "check_fit_score_takes_y",
        "check_estimators_overwrite_params",
        "check_dont_overwrite_parameters",
        "check_estimators_fit_returns_self",
        "check_readonly_memmap_input",
        "check_estimators_unfitted",
        "check_do_not_raise_errors_in_init_or_set_params",
        "check_n_features_in_after_fitting",
        "check_mixin_order",
        "check_positive_only_tag_during_fit",
        // Of its data.
        "check_estimators_dtypes",
        "check_sample_weights_pandas_series",
        "check_sample_weights_not_an_array",
        "check_sample_weights_list",
        "check_all_zero_sample_weights_error",
        "check_sample_weights_shape",
        "check_sample_weights_not_overwritten",
        "check_sample_weight_equivalence_on_dense_data",
        "check_sample_weight_equivalence_on_sparse_data",
        "check_complex_data",
        "check_dtype_object",
        "check_estimators_empty_data_messages",
        "check_pipeline_consistency",
        "check_estimators_nan_inf",
        "check_nonsquare_error",
        "check_sparsify_coefficients",
        "check_estimator_sparse_tag",
        "check_estimator_sparse_array",
        "check_estimator_sparse_matrix",
        "check_estimators_pickle",
        "check_array_api_input",
        "check_array_api_same_namespace",
        "check_f_contiguous_array_estimator",
        // Of a regressor.
        "check_regressors_train",
        "check_regressor_data_not_an_array",
        "check_estimators_partial_fit_n_features",
        "check_regressor_multioutput",
        "check_regressors_no_decision_function",
        "check_supervised_y_2d",
        "check_supervised_y_no_nan",
        "check_regressors_int",
        "check_non_transformer_estimators_n_iter",
        // Of every estimator's behaviour.
        "check_parameters_default_constructible",
        "check_methods_sample_order_invariance",
        "check_methods_subset_invariance",
        "check_fit2d_1sample",
        "check_fit2d_1feature",
        "check_get_params_invariance",
        "check_set_params",
        "check_dict_unchanged",
        "check_fit_idempotent",
        "check_fit_check_is_fitted",
        "check_n_features_in",
        "check_fit1d",
        "check_fit2d_predict1d",
        "check_requires_y_none",
        "check_fit_non_negative",
    ];

    [Fact]
    public void Every_check_is_asked_in_a_test_of_its_name_or_the_page_says_why_it_cannot_be()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "estimator-checks.md"));
        string[] parts = page.Split("## Not asked");
        string[] asked = [.. Row().Matches(parts[0]).Select(row => row.Groups[1].Value)], others = [.. Row().Matches(parts[1]).Select(row => row.Groups[1].Value)];
        asked.Concat(others).Should().BeEquivalentTo(Checks);
        IEnumerable<string> tests = from type in typeof(EstimatorCheck).Assembly.GetTypes()
                                    where type.IsSubclassOf(typeof(EstimatorCheck))
                                    from method in type.GetMethods()
                                    where method.GetCustomAttribute<FactAttribute>() is not null
                                    select method.Name;
        tests.Should().BeEquivalentTo(asked.Select(name => "C" + name[1..]));
    }

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GnMlNet.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| `(check_\w+)` \| \S.* \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
