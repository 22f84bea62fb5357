// Measures Arb on the inputs that `GnMlNet.Benchmarks arb inputs` wrote, and prints the lines that `GnMlNet.Benchmarks arb measure` prints:
// the name of the work, the median processor time of a run in milliseconds and, for results that are not exact, log2 of the greatest radius over the greatest entry.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <arb.h>
#include <arb_mat.h>

typedef void (*work)(arb_mat_t result, const arb_mat_t a, const arb_mat_t b, slong bits);

static void gram(arb_mat_t result, const arb_mat_t a, const arb_mat_t transposed, slong bits) { arb_mat_mul(result, transposed, a, bits); }

static void tangents(arb_mat_t result, const arb_mat_t a, const arb_mat_t none, slong bits) {
    (void)none;
    for (slong i = 0; i < arb_mat_nrows(a); i++) arb_tanh(arb_mat_entry(result, i, 0), arb_mat_entry(a, i, 0), bits);
}

static void solve(arb_mat_t result, const arb_mat_t a, const arb_mat_t b, slong bits) {
    if (!arb_mat_solve_precond(result, a, b, bits)) exit(fprintf(stderr, "Arb found no solution.\n"));
}

static int ascending(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b); }

// A matrix is written as: rows columns exponent, and its entries over 2^exponent row by row.
static void read_matrix(FILE *file, arb_mat_t matrix) {
    long rows, columns, exponent;
    if (fscanf(file, "%ld %ld %ld", &rows, &columns, &exponent) != 3) exit(fprintf(stderr, "The file of inputs ends too early.\n"));
    arb_mat_init(matrix, rows, columns);
    fmpz_t entry;
    fmpz_init(entry);
    for (long i = 0; i < rows * columns; i++) {
        if (!fmpz_fread(file, entry)) exit(fprintf(stderr, "The file of inputs ends too early.\n"));
        arb_set_fmpz(arb_mat_entry(matrix, i / columns, i % columns), entry);
    }
    arb_mat_scalar_mul_2exp_si(matrix, matrix, exponent);
    fmpz_clear(entry);
}

static void print_looseness(const arb_mat_t result) {
    mag_t radius, size, entry;
    mag_init(radius), mag_init(size), mag_init(entry);
    for (slong i = 0; i < arb_mat_nrows(result); i++) {
        for (slong j = 0; j < arb_mat_ncols(result); j++) {
            mag_max(radius, radius, arb_radref(arb_mat_entry(result, i, j)));
            arb_get_mag(entry, arb_mat_entry(result, i, j));
            mag_max(size, size, entry);
        }
    }
    mag_div(radius, radius, size);
    if (!mag_is_zero(radius)) printf(" %.1f", mag_get_d_log2_approx(radius));
    mag_clear(radius), mag_clear(size), mag_clear(entry);
}

static void measure(const char *name, work run, const arb_mat_t a, const arb_mat_t b, slong rows, slong columns, slong bits, double budget) {
    arb_mat_t result;
    arb_mat_init(result, rows, columns);
    double times[1000];
    int count = 0;
    run(result, a, b, bits);
    for (clock_t end = clock() + (clock_t)(budget * CLOCKS_PER_SEC); count < 1000 && (count < 3 || clock() < end); count++) {
        clock_t start = clock();
        run(result, a, b, bits);
        times[count] = (double)(clock() - start) * 1e3 / CLOCKS_PER_SEC;
    }
    qsort(times, count, sizeof(double), ascending);
    printf("%s %.4f", name, times[count / 2]);
    print_looseness(result);
    printf("\n");
    arb_mat_clear(result);
}

int main(int argc, char **argv) {
    FILE *file = argc == 3 ? fopen(argv[1], "r") : NULL;
    if (file == NULL) return fprintf(stderr, "usage: arb INPUTS SECONDS_EACH\n");
    double budget = atof(argv[2]);
    for (slong bits = 128; bits <= 256; bits *= 2) {
        arb_mat_t a, transposed;
        read_matrix(file, a);
        arb_mat_init(transposed, arb_mat_ncols(a), arb_mat_nrows(a));
        arb_mat_transpose(transposed, a);
        char name[32];
        // So many bits hold the sums of all rows exactly.
        snprintf(name, sizeof(name), "gram-%ld", (long)bits);
        measure(name, gram, a, transposed, arb_mat_ncols(a), arb_mat_ncols(a), 2 * bits + 16, budget);
        snprintf(name, sizeof(name), "gram-%ld-rounded", (long)bits);
        measure(name, gram, a, transposed, arb_mat_ncols(a), arb_mat_ncols(a), bits, budget);
        arb_mat_clear(a), arb_mat_clear(transposed);
    }
    arb_mat_t points, system, right;
    read_matrix(file, points);
    measure("tanh-128", tangents, points, points, arb_mat_nrows(points), 1, 128, budget);
    read_matrix(file, system);
    read_matrix(file, right);
    measure("solve-128", solve, system, right, arb_mat_nrows(right), arb_mat_ncols(right), 128, budget);
    arb_mat_clear(points), arb_mat_clear(system), arb_mat_clear(right);
    fclose(file);
    flint_cleanup();
    return 0;
}
